import {XMLValidator} from 'fast-xml-parser';
import {describe, expect, test} from 'vitest';
import type {AuditReport} from '../../../src/report/findings/report.ts';
import {findingsHtml} from '../../../src/report/html/page.ts';
import {style} from '../../../src/report/html/style.ts';
import {finding, ordersMap, ordersReport} from './orders-report.ts';

const page = findingsHtml(ordersReport());
const textOf = (html: string) =>
  html
    .replaceAll(/<(style|script)>.*?<\/\1>/gs, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');

test('asks nobody for anything, and lets nothing run but its own script', () => {
  expect(
    page.match(/\b(src|href|action|srcset)="(?!#)[^"]*"/g)!.filter(each => !/"https:\/\/docs\.aws/.test(each)),
  ).toEqual(['href="data:,"']);
  expect(page).not.toMatch(/@import|url\(|\sstyle="|\son\w+="/);
  expect(page).toMatch(/Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-/);
});

test('says of a finding what, where, why and what to do, and what was accepted with its reason', () => {
  const text = textOf(page);
  for (const part of [
    'sqs:SendMessage is allowed on *',
    'IngestRole (of Ingest) orders/template.yaml:40',
    'Why The function can then read or change what belongs to other functions',
    'Do Name the queue.',
    'Ignored, until 2027-03-31: the groups are made later orders/template.yaml:38',
    'Not checked, which is no pass Ingest: there is no ./dist',
  ])
    expect(text).toContain(part);
  expect(textOf(findingsHtml(ordersReport({findings: [{...finding, known: true}]})))).toContain(
    'Known from the baseline',
  );
});

test('draws who is invoked by what, runs as whom and may reach what, and a star so that it is seen', () => {
  const titles = [...page.matchAll(/<title>([^<]*)<\/title>/g)].map(([, title]) => title);
  for (const title of [
    'OrdersQueue invokes Ingest',
    'Schedule invokes Archive',
    'Ingest runs as IngestRole',
    'IngestRole may sqs:SendMessage',
    'Function Archive, medium finding',
  ])
    expect(titles).toContain(title);
  expect(page).toMatch(/class="edge wide"[^>]*><title>IngestRole may sqs:SendMessage/);
  expect(page).toMatch(/class="edge conditional"[^>]*><title>ArchiveRole may dynamodb:PutItem/);
  expect(titles.join()).not.toContain('PutLogEvents');
  expect(textOf(page)).toContain('logs · log-group:Ingest its own log group logs:PutLogEvents');
  expect(textOf(page)).toContain('a permissions boundary narrows this further');
});

describe('the verdict', () => {
  const nothing = {findings: [], notChecked: []};
  const unread = {rule: '*', resource: 'b.yaml', reason: 'no YAML', origin: {file: 'b.yaml', line: 1, column: 1}};
  test.each<[string, AuditReport]>([
    ['Gate closed 2 findings of severity low or worse ask to be settled.', ordersReport()],
    ['Gate closed 1 finding of severity high or worse asks to be settled.', ordersReport({}, {failOn: 'high'})],
    ['Gate incomplete Nothing was found that fails it, but 1 check could not', ordersReport({findings: []})],
    ['Gate closed 1 input could not be read.', ordersReport(nothing, {notRead: [unread]})],
    [
      'Gate closed 1 input could not be read. 2 findings of severity low or worse ask to be settled.',
      ordersReport({}, {notRead: [unread]}),
    ],
    [
      'Gate closed No template has a parameter Stge.',
      ordersReport(nothing, {refused: ['No template has a parameter Stge']}),
    ],
    ['Gate open Nothing of severity low or worse is left to settle.', ordersReport(nothing)],
    [
      'Gate open Nothing of severity low or worse is left to settle.',
      ordersReport({...nothing, notJudged: [{...unread, rule: 'coldstart/client-in-handler'}]}),
    ],
  ])('%s', (words, report) => {
    expect(textOf(findingsHtml(report))).toContain(words);
  });
});

test('is text, whatever a template calls its things', () => {
  const nasty = '</title></script><script>alert(1)</script>"\'><img src=x onerror=alert(1)>\u202e\ud800';
  const strange = {
    ...finding,
    message: nasty,
    resource: nasty,
    function: nasty,
    remedy: nasty,
    evidence: {[nasty]: nasty},
    origin: {file: nasty, line: 1, column: 1},
    suppressed: {reason: nasty, expires: nasty, origin: {file: nasty, line: 1, column: 1}},
  };
  const map = {...ordersMap(1, [nasty]), source: nasty};
  const report = ordersReport({findings: [strange], maps: [map], sources: [nasty]});
  const html = findingsHtml(report);
  expect(html.match(/<script>/g)).toHaveLength(1);
  expect(html).not.toMatch(/<img|\u202e|\ud800/);
  expect(html.match(/&lt;script&gt;/g)!.length).toBeGreaterThan(10);
});

test('is well formed, the same twice, and small', () => {
  const body = page.slice(page.indexOf('<body>'), page.indexOf('<script>'));
  expect(
    XMLValidator.validate(
      `${body.replaceAll(/<(input|img)([^>]*)>/g, '<$1$2/>').replaceAll(/ (checked|open)(?=[ />])/g, '')}</body>`,
    ),
  ).toBe(true);
  expect(findingsHtml(ordersReport())).toBe(page);
  const many = Array.from({length: 200}, (_, index) => ({...finding, resource: `Role${index}`}));
  const large = findingsHtml(ordersReport({functions: 50, findings: many, maps: [ordersMap(50)]}));
  expect(Buffer.byteLength(large)).toBeLessThan(300_000);
});

test('says each rule of its style once', () => {
  const rules = style.split('\n').filter(line => /^[^@\s].*\{.*\}$/.test(line));
  expect(rules.length).toBeGreaterThan(50);
  expect(rules.filter((rule, index) => rules.indexOf(rule) < index)).toEqual([]);
});

test('shows how the functions of an account started, where that was measured', () => {
  expect(page).not.toContain('Cold starts');
  const starts = {
    since: '2026-11-15T08:00:00.000Z',
    until: '2026-11-22T08:00:00.000Z',
    sizes: [
      {memory: 512, invocations: 40, maxMemoryUsed: 90, init: {count: 2, p50: 300, p95: 1400, max: 1500}},
      {memory: 1024, invocations: 9},
    ],
  };
  const {sources} = ordersReport().result;
  const measured = [
    {source: sources[0]!, function: '<Ingest>', starts},
    {source: sources[0]!, function: 'Archive', starts: {...starts, sizes: []}},
  ];
  const text = textOf(findingsHtml(ordersReport({starts: measured})));
  expect(text).toContain('Cold starts, measured in the logs since 2026-11-15 08:00 UTC');
  expect(text).toContain('&lt;Ingest&gt; 512 MB 90 MB 40 2 (5 %) 300 ms 1.4 s 1.5 s');
  expect(text).toContain('&lt;Ingest&gt; 1024 MB 9 0');
  expect(text).toContain('Archive 0');
});

describe('a page of 5,000 functions', () => {
  const low = (index: number) => ({
    ...finding,
    rule: 'hygiene/x86-architecture',
    severity: 'low' as const,
    function: `Worker${index % 5000}`,
    resource: `Worker${index % 5000}`,
    fingerprint: index.toString(16).padStart(64, '0'),
  });
  const critical = {
    ...low(4321),
    rule: 'iam/open-trust',
    severity: 'critical' as const,
    message: 'anybody may take it',
  };
  const other = {...low(1), origin: {file: 'quiet.yaml', line: 1, column: 1}};
  const large = findingsHtml(
    ordersReport({
      functions: 5000,
      findings: [...Array.from({length: 30_000}, (_, index) => low(index)), other, critical],
      maps: [ordersMap(5000)],
      sources: ['orders/template.yaml', 'quiet.yaml'],
    }),
  );
  const text = textOf(large);

  test('stays small enough to be opened', () => {
    expect(large.length).toBeLessThan(10_000_000);
  });

  test('has the most severe first, and draws who has it', () => {
    expect(text).toContain('anybody may take it');
    expect(large).toContain('<title>Function Worker4321, critical finding</title>');
  });

  test('counts all, and says what is left out and how to see it', () => {
    expect(text).toContain('1 critical');
    expect(text).toContain('30001 low');
    expect(text).toContain('it has the 5000 most severe of 30002 findings, the 400 of 5000 functions');
    expect(text).toContain('low hygiene/x86-architecture: 25002');
    expect(text).toContain('quiet.yaml Findings Its findings are among those that are left out.');
    expect(textOf(page)).not.toContain('Not all of it is on this page');
  });
});
