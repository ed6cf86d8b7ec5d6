import {describe, expect, test} from 'vitest';
import type {AuditResult} from '../../../src/audit/audit.ts';
import {rules} from '../../../src/audit/rules/index.ts';
import type {Finding, NotChecked} from '../../../src/model/finding.ts';
import {excerpt} from '../../../src/report/findings/excerpt.ts';
import {findingsDocument} from '../../../src/report/findings/json.ts';
import {ruleText} from '../../../src/report/findings/rule.ts';
import {type FindingsTextOptions, findingsText} from '../../../src/report/findings/text.ts';

const finding: Finding = {
  rule: 'iam/wildcard-resource',
  severity: 'high',
  message: 'sqs:SendMessage is allowed on *, but could name a resource (queue)',
  function: 'Ingest',
  resource: 'IngestRole',
  origin: {file: 'orders/template.yaml', line: 40, column: 17},
  evidence: {action: 'sqs:SendMessage', resource: '*'},
  remedy: 'Name the resource, as an ARN or with !GetAtt.',
  fingerprint: 'f00',
  suppressed: null,
  known: false,
};

const result: AuditResult = {
  functions: 2,
  findings: [
    finding,
    {
      ...finding,
      message: 's3:GetObject is allowed on *',
      origin: {arn: 'arn:aws:iam::111122223333:role/ingest', region: 'eu-central-1'},
      function: null,
    },
    {
      ...finding,
      rule: 'vpc/single-subnet',
      severity: 'medium',
      suppressed: {
        reason: 'one zone on purpose',
        expires: '2027-01-31',
        origin: {file: 'orders/template.yaml', line: 12, column: 13},
      },
    },
  ],
  notChecked: [
    {
      rule: 'size/package-too-large',
      resource: 'Ingest',
      reason: 'there is no ./dist/ingest: it has not been built',
      origin: {file: 'orders/template.yaml', line: 20, column: 3},
    },
    {
      rule: 'coldstart/cold-start-risk',
      resource: 'Ingest',
      reason: 'there is no ./dist/ingest: it has not been built',
      origin: {file: 'orders/template.yaml', line: 20, column: 3},
    },
  ],
  sources: ['orders/template.yaml'],
};

const mark = (tag: string) => (text: string) => `<${tag}>${text}</${tag}>`;
const plain = (text: string) => text;
const plainPaint = {bold: plain, dim: plain, red: plain, yellow: plain, green: plain};

test('the JSON document has exactly the members of the contract', () => {
  const document = findingsDocument(result);
  expect(document).toEqual({
    version: 1,
    summary: {functions: 2, findings: {critical: 0, high: 2, medium: 0, low: 0, info: 0}, notChecked: 2},
    findings: result.findings,
    notChecked: result.notChecked,
  });
  expect(Object.keys(document)).toEqual(['version', 'summary', 'findings', 'notChecked']);
  expect(Object.keys(document.findings[0]!)).toEqual(
    'rule severity message function resource origin evidence remedy fingerprint suppressed known'.split(' '),
  );
  expect(Object.keys(document.notChecked[0]!)).toEqual(['rule', 'resource', 'reason', 'origin']);
});

test('the text tells what, where, why and what to do, once for each rule', () => {
  expect(findingsText(result, rules, {paint: plainPaint})).toMatchInlineSnapshot(`
    "HIGH iam/wildcard-resource: A statement allows an action on every resource, though the action could name one
      sqs:SendMessage is allowed on *, but could name a resource (queue)
        orders/template.yaml:40:17  IngestRole (of Ingest)
      s3:GetObject is allowed on *
        arn:aws:iam::111122223333:role/ingest  IngestRole
      Why: The function can then read or change what belongs to other functions, and to other teams of the account.
      Do:  Name the resource, as an ARN or with !GetAtt.

    NOT CHECKED, which is no pass:
      Ingest: there is no ./dist/ingest: it has not been built
        orders/template.yaml:20:3  size/package-too-large, coldstart/cold-start-risk

    2 functions: 2 high; 1 ignored; 2 not checked"
  `);
});

test('shows the lines that offend, and findings at one place together', () => {
  const lines = [
    'Statement:',
    '  - Effect: Allow',
    '    Action:',
    '      - sqs:SendMessage',
    '      - sqs:GetQueueUrl # and not sqs:ReceiveMessage',
    "    Resource: '*'",
    '  - Effect: Allow',
    '    Action: sqs:SendMessage',
  ];
  const origin = {file: 'orders/template.yaml', line: 2, column: 5};
  const findings = ['sqs:SendMessage', 'sqs:GetQueueUrl'].map(action => ({
    ...finding,
    message: `${action} is allowed on *`,
    origin,
    evidence: {action, resource: '*'},
  }));
  const text = findingsText({functions: 1, findings, notChecked: [], sources: []}, rules, {
    paint: plainPaint,
    source: () => lines,
  });
  expect(text.split('\n').slice(1, 7)).toEqual([
    '  sqs:SendMessage is allowed on *',
    '  sqs:GetQueueUrl is allowed on *',
    '    orders/template.yaml:2:5  IngestRole (of Ingest)',
    '      4 |   - sqs:SendMessage',
    '      5 |   - sqs:GetQueueUrl # and not sqs:ReceiveMessage',
    "      6 | Resource: '*'",
  ]);
});

test('a template of one line, and a value that stands nowhere literally, show nothing', () => {
  const shown = (lines: readonly string[]) =>
    excerpt(lines, [{...finding, origin: {file: 'template.json', line: 1, column: 1}}]);
  expect(shown([`{"Action": "sqs:SendMessage"${' '.repeat(200)}}`])).toEqual([]);
  expect(shown(['Action: !Ref Action'])).toEqual([]);
  expect(shown(['Action: sqs:SendMessageBatch'])).toEqual([]);
  expect(shown(['Action: sqs:SendMessage'])).toEqual(['1 | Action: sqs:SendMessage']);
});

test('lines end where the terminal does, and the next ones stand below the first word', () => {
  const text = findingsText({functions: 1, findings: [finding], notChecked: [], sources: []}, rules, {
    paint: plainPaint,
    columns: 60,
  });
  const advice = text.slice(text.indexOf('  Why:'));
  expect(advice.split('\n').slice(0, 3)).toEqual([
    '  Why: The function can then read or change what belongs to',
    '       other functions, and to other teams of the account.',
    '  Do:  Name the resource, as an ARN or with !GetAtt.',
  ]);
});

test('what is not judged is said once for each reason, with its places and how to let it fail', () => {
  const entry = (rule: string, resource: string, line: number): NotChecked => ({
    rule,
    resource,
    reason: 'its code is bundled',
    origin: {file: 'orders.yaml', line, column: 3},
  });
  const notJudged = [3, 9].flatMap(line =>
    ['coldstart/client-in-handler', 'resilience/uncached-secret'].map(rule => entry(rule, `Orders${line}`, line)),
  );
  const text = findingsText({functions: 2, findings: [], notChecked: [], notJudged, sources: []}, rules, {
    paint: plainPaint,
  });
  expect(text).toBe(
    [
      'NOT JUDGED, which fails nothing without --strict:',
      '  its code is bundled',
      '    orders.yaml:3:3  Orders3',
      '    orders.yaml:9:3  Orders9',
      '    coldstart/client-in-handler, resilience/uncached-secret',
      '',
      '2 functions: no findings; 4 not judged',
    ].join('\n'),
  );
});

describe('the last line', () => {
  const nothing: AuditResult = {functions: 0, findings: [], notChecked: [], sources: ['orders.yaml']};
  const unread = ['a.yaml', 'b.yaml', 'c.yaml', 'd.yaml'].map(
    (file): NotChecked => ({rule: '*', resource: file, reason: 'no YAML', origin: {file, line: 1, column: 1}}),
  );
  const open = result.findings[0]!;
  const ignored = {...open, suppressed: {reason: 'agreed', expires: null, origin: open.origin}};

  test.each<[string, AuditResult, Partial<FindingsTextOptions>, string]>([
    ['nothing there', nothing, {}, 'No functions: no findings'],
    [
      'nothing read',
      {...nothing, sources: []},
      {notRead: unread.slice(0, 1)},
      'Nothing was audited: a.yaml could not be read',
    ],
    [
      'some not read',
      nothing,
      {notRead: unread},
      'a.yaml, b.yaml, c.yaml and 1 more could not be read. The rest has no functions: no findings',
    ],
    [
      'a parameter of nobody',
      {...nothing, functions: 2},
      {refused: ['No template has a parameter Stge']},
      'No template has a parameter Stge. 2 functions: no findings',
    ],
    [
      'only not checked',
      {...nothing, functions: 1, notChecked: unread},
      {},
      '1 function: no findings, but 4 not checked',
    ],
    ['only not judged', {...nothing, functions: 1, notJudged: unread}, {}, '1 function: no findings; 4 not judged'],
    ['only ignored', {...nothing, functions: 1, findings: [ignored]}, {}, '1 function: no findings; 1 ignored'],
    [
      'only known',
      {...nothing, functions: 1, findings: [{...open, known: true}]},
      {},
      '1 function: no new findings; 1 known from the baseline',
    ],
    [
      'all of it',
      {...nothing, functions: 3, findings: [open, ignored], notChecked: unread},
      {},
      '3 functions: 1 high; 1 ignored; 4 not checked',
    ],
  ])('%s', (_, audited, options, line) => {
    const text = findingsText(audited, rules, {paint: plainPaint, ...options});
    expect(text.split('\n').at(-1)).toBe(line);
  });

  test('a report that stands alone says first what was not read, and why', () => {
    const text = findingsText(nothing, rules, {paint: plainPaint, notRead: unread.slice(0, 1), alone: true});
    expect(text).toBe(
      'NOT READ, so nothing in it was checked:\n  a.yaml: no YAML\n\na.yaml could not be read. The rest has no functions: no findings',
    );
  });
});

test('the colours are those it is given', () => {
  const paint = {bold: mark('b'), dim: mark('dim'), red: mark('red'), yellow: mark('yellow'), green: mark('green')};
  expect(findingsText({functions: 1, findings: [], notChecked: [], sources: []}, rules, {paint})).toBe(
    '<b>1 function</b>: <green>no findings</green>',
  );
  expect(findingsText(result, rules, {paint})).toContain('<red>HIGH</red> <b>iam/wildcard-resource</b>');
});

test('a rule explains itself', () => {
  expect(ruleText(rules.find(({id}) => id === 'vpc/single-subnet')!, plainPaint)).toMatchInlineSnapshot(`
    "vpc/single-subnet  medium, since 0.1.0
    A function in a VPC has one subnet only

    A subnet is in one availability zone: when that zone fails, or the subnet runs out of addresses, the function does not run.

    Give it subnets in at least two availability zones.

    Bad
      SubnetIds: [subnet-a]

    Good
      SubnetIds: [subnet-a, subnet-b]

    https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html"
  `);
});

test('no text names a command that does not exist', () => {
  for (const rule of rules)
    expect(ruleText(rule, plainPaint)).not.toMatch(
      /gear (?!new service|audit|deploy|local|is|does|knows|finds|makes|bundles)/,
    );
});
