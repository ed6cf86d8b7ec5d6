import {XMLParser, XMLValidator} from 'fast-xml-parser';
import {describe, expect, test} from 'vitest';
import {rules} from '../../../src/audit/rules/index.ts';
import type {Finding, NotChecked} from '../../../src/model/finding.ts';
import {findingsFormats} from '../../../src/report/findings/formats.ts';
import type {AuditReport} from '../../../src/report/findings/report.ts';

const plain = (text: string) => text;
const paint = {bold: plain, dim: plain, red: plain, yellow: plain, green: plain};

const finding: Finding = {
  rule: 'iam/wildcard-resource',
  severity: 'high',
  message: 'sqs:* is allowed on *, 100% of <queues> & "all"',
  function: 'Ingest',
  resource: 'IngestRole',
  origin: {file: 'orders & co/template, a.yaml', line: 40, column: 17},
  evidence: {action: 'sqs:*', resource: '*'},
  remedy: 'Name the resource.\nAs an ARN.',
  fingerprint: 'f0'.repeat(32),
  suppressed: null,
  known: false,
};

const ignored: Finding = {
  ...finding,
  fingerprint: 'f1'.repeat(32),
  suppressed: {reason: 'made at run time', expires: null, origin: {file: 'gear.yaml', line: 3, column: 7}},
};
const inSource: Finding = {
  ...ignored,
  fingerprint: 'f2'.repeat(32),
  suppressed: {...ignored.suppressed!, origin: {...finding.origin}},
};
const known: Finding = {...finding, fingerprint: 'f3'.repeat(32), known: true};
const low: Finding = {
  ...finding,
  severity: 'low',
  rule: 'hygiene/lapsed-ignore',
  resource: '',
  fingerprint: 'f4'.repeat(32),
};
const deployed: Finding = {
  ...finding,
  severity: 'info',
  fingerprint: 'f5'.repeat(32),
  origin: {arn: 'arn:aws:iam::111122223333:role/ingest', region: 'eu-central-1'},
};

const notChecked: NotChecked = {
  rule: 'size/package-too-large',
  resource: 'Ingest',
  reason: 'there is no ./dist',
  origin: finding.origin,
};

const notJudged: NotChecked = {
  rule: 'coldstart/client-in-handler',
  resource: 'Ingest',
  reason: 'its code is bundled',
  origin: finding.origin,
};

const reportOf = (findings: readonly Finding[], changes: Partial<AuditReport> = {}): AuditReport => ({
  result: {
    functions: 1,
    findings,
    notChecked: [notChecked],
    notJudged: [notJudged],
    sources: ['orders & co/template, a.yaml', '111122223333/eu-central-1'],
  },
  notRead: [{rule: '*', resource: 'broken.yaml', reason: 'no YAML', origin: {file: 'broken.yaml', line: 2, column: 1}}],
  rules,
  failOn: 'medium',
  baseline: true,
  gone: [{fingerprint: 'a', source: 'old.yaml', rule: 'iam/open-trust', resource: 'Old', message: 'was open'}],
  version: '0.1.0',
  pathOf: file => `services/${file}`,
  ...changes,
});
const everything = [finding, ignored, inSource, known, low, deployed];
const render = (format: keyof typeof findingsFormats, report = reportOf(everything)) =>
  findingsFormats[format](report, {paint});

describe('SARIF', () => {
  const log = JSON.parse(render('sarif'));
  const [run] = log.runs;

  test('has what the standard and code scanning ask for', () => {
    expect(log).toMatchObject({version: '2.1.0', $schema: expect.stringContaining('sarif-schema-2.1.0.json')});
    expect(run.tool.driver).toMatchObject({name: 'gear', semanticVersion: '0.1.0'});
    for (const rule of run.tool.driver.rules)
      expect(rule).toMatchObject({
        id: expect.stringMatching(/^\w+\/[\w-]+$/),
        shortDescription: {text: expect.stringMatching(/\.$/)},
        fullDescription: {text: expect.stringMatching(/\.$/)},
        help: {text: expect.any(String), markdown: expect.stringContaining('```yaml')},
        defaultConfiguration: {level: expect.stringMatching(/^(error|warning|note)$/)},
      });
    for (const {ruleId, ruleIndex} of run.results) expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId);
  });

  test('names places as code scanning finds them: encoded, from the root of the repository', () => {
    expect(run.results[0].locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: {uri: 'services/orders%20%26%20co/template%2C%20a.yaml', uriBaseId: '%SRCROOT%'},
          region: {startLine: 40, startColumn: 17},
        },
        logicalLocations: [{name: 'IngestRole', kind: 'resource'}],
      },
    ]);
    expect(run.results[5].locations).toEqual([
      {
        logicalLocations: [
          {name: 'IngestRole', fullyQualifiedName: 'arn:aws:iam::111122223333:role/ingest', kind: 'resource'},
        ],
      },
    ]);
    const outside = JSON.parse(render('sarif', reportOf([finding], {pathOf: () => '/srv/a b.yaml'})));
    expect(outside.runs[0].results[0].locations[0].physicalLocation.artifactLocation).toEqual({
      uri: 'file:///srv/a%20b.yaml',
    });
  });

  test('keeps what is accepted, with the reason, and tells new from known', () => {
    expect(run.results.map(({suppressions}: {suppressions: unknown[]}) => suppressions)).toMatchObject([
      [],
      [{kind: 'external', status: 'accepted', justification: 'made at run time'}],
      [{kind: 'inSource', status: 'accepted', justification: 'made at run time'}],
      [],
      [],
      [],
    ]);
    expect(run.results.map(({baselineState}: {baselineState: string}) => baselineState)).toEqual([
      'new',
      'new',
      'new',
      'unchanged',
      'new',
      'new',
    ]);
    expect(render('sarif', reportOf(everything, {baseline: false}))).not.toContain('baselineState');
  });

  test('has fingerprints that tell the same finding of two files apart', () => {
    const other = JSON.parse(render('sarif', reportOf([finding], {pathOf: () => 'other.yaml'})));
    const [one, two] = [run.results[0], other.runs[0].results[0]].map(result => result.partialFingerprints);
    expect(one['gearFinding/v1']).toBe(two['gearFinding/v1']);
    expect(one.primaryLocationLineHash).not.toBe(two.primaryLocationLineHash);
  });

  test('tells of what was not checked as of its own run', () => {
    const [{executionSuccessful, toolExecutionNotifications: notes}] = run.invocations;
    expect(executionSuccessful).toBe(false);
    expect(notes.map(({level, message}: {level: string; message: object}) => ({level, ...message}))).toEqual([
      {level: 'error', text: 'not checked: broken.yaml: no YAML'},
      {level: 'warning', text: 'not checked: Ingest: there is no ./dist'},
      {level: 'note', text: 'not judged: Ingest: its code is bundled'},
    ]);
  });
});

describe('JUnit', () => {
  const parse = (text: string) => {
    expect(XMLValidator.validate(text)).toBe(true);
    const isArray = (name: string) => name === 'testsuite' || name === 'testcase';
    return new XMLParser({ignoreAttributes: false, attributeNamePrefix: '', isArray}).parse(text).testsuites;
  };

  test('fails what fails the gate, and skips with a reason what does not', () => {
    const suites = parse(render('junit'));
    expect(suites).toMatchObject({failures: '1', errors: '1', skipped: '7'});
    const [template, account, broken] = suites.testsuite;
    expect(template.name).toBe('services/orders & co/template, a.yaml');
    expect(template.testcase[0]).toMatchObject({
      name: 'iam/wildcard-resource: IngestRole: sqs:* is allowed on *, 100% of <queues> & "all"',
      classname: 'services/orders & co/template, a.yaml',
      failure: {type: 'high'},
    });
    const reasons = template.testcase.flatMap((each: {skipped?: {message: string}}) => each.skipped?.message ?? []);
    expect(reasons).toEqual([
      'ignored: made at run time',
      'ignored: made at run time',
      'known from the baseline',
      'low, below the threshold medium',
      'not checked: there is no ./dist',
      'not judged: its code is bundled',
    ]);
    expect(account).toMatchObject({name: '111122223333/eu-central-1', skipped: '1'});
    expect(broken).toMatchObject({name: 'services/broken.yaml', errors: '1', testcase: [{name: 'read'}]});
  });

  test('has a case for each rule that found nothing, since a report without cases counts as broken', () => {
    const suites = parse(render('junit', reportOf([], {notRead: []})));
    expect(suites.failures).toBe('0');
    expect(suites.testsuite[0].testcase.map(({name}: {name: string}) => name)).toContain('iam/shared-role');
  });

  test('stays XML whatever a template says', () => {
    const strange = {...finding, message: 'a\u0000b\u001b[31m \ud800 😀 ]]>'};
    expect(render('junit', reportOf([strange]))).toContain('a�b�[31m � 😀 ]]&gt;');
    parse(render('junit', reportOf([strange])));
  });
});

describe('GitHub', () => {
  test('annotates the lines of what asks for something, and escapes what ends a command', () => {
    expect(render('github').split('\n')).toEqual([
      '::error file=services/broken.yaml,line=2,col=1,title=not checked::broken.yaml: no YAML',
      '::error file=services/orders & co/template%2C a.yaml,line=40,col=17,title=high iam/wildcard-resource::IngestRole: sqs:* is allowed on *, 100%25 of <queues> & "all"%0AName the resource.%0AAs an ARN.',
      '::warning file=services/orders & co/template%2C a.yaml,line=40,col=17,title=low hygiene/lapsed-ignore::sqs:* is allowed on *, 100%25 of <queues> & "all"%0AName the resource.%0AAs an ARN.',
      '::notice title=info iam/wildcard-resource::IngestRole: sqs:* is allowed on *, 100%25 of <queues> & "all"%0AName the resource.%0AAs an ARN.%0Aarn:aws:iam::111122223333:role/ingest',
      '::warning file=services/orders & co/template%2C a.yaml,line=40,col=17,title=not checked::size/package-too-large: Ingest: there is no ./dist',
      '::notice file=services/orders & co/template%2C a.yaml,line=40,col=17,title=not judged::coldstart/client-in-handler: Ingest: its code is bundled',
      'broken.yaml could not be read. The rest has 1 function: 1 high, 1 low, 1 info; 1 known from the baseline; 2 ignored; 1 not checked; 1 not judged',
    ]);
  });
});

test.each(['github', 'markdown', 'junit'] as const)('%s says nothing of a resource where there is none', format => {
  const result = {...reportOf([]).result, notChecked: [{...notChecked, rule: '*', resource: '', reason: 'a plugin'}]};
  expect(render(format, reportOf([], {result}))).toMatch(/(::|- |name=")a plugin/);
});

describe('Markdown', () => {
  test('says what is to be settled, and nothing that a template says becomes markup', () => {
    const text = render('markdown');
    expect(text).toContain('### gear audit: 1 finding to settle');
    expect(text).toContain(
      '| high | sqs:\\* is allowed on \\*, 100% of &lt;queues> &amp; "all"<br>`iam/wildcard-resource` | IngestRole<br>`services/orders & co/template, a.yaml:40` |',
    );
    expect(text.match(/^\| (high|low|info) /gm)).toHaveLength(3);
    expect(text).toContain('1 not judged, which fails nothing');
    expect(text).toContain('1 of the baseline is gone');
    const mention = render('markdown', reportOf([{...finding, message: '@all | `x` <!-- '}]));
    expect(mention).toContain('| high | &#64;all \\| \\`x\\` &lt;!-- <br>');
  });

  test('fits into a comment, and says how much it leaves out', () => {
    const many = Array.from({length: 3000}, (_, index) => ({...finding, resource: `Role${index}`}));
    const text = render('markdown', reportOf(many));
    expect(text.length).toBeLessThan(65_536);
    expect(text).toMatch(/^and \d{4} more, which the log of the run names\.$/m);
  });

  test.each<[string, Partial<AuditReport>, string]>([
    ['nothing', {notRead: []}, 'nothing found, but not everything checked'],
    ['a file that could not be read', {}, 'not everything could be read'],
  ])('with %s is no clean bill', (_, changes, headline) => {
    expect(render('markdown', reportOf([], changes))).toContain(`### gear audit: ${headline}`);
  });
});

test('the text names what is gone since the baseline was written', () => {
  expect(render('text')).toContain(
    'GONE since the baseline was written; --update-baseline takes them out of it:\n  Old: was open\n    old.yaml  iam/open-trust\n',
  );
});

test.each(Object.keys(findingsFormats) as (keyof typeof findingsFormats)[])('%s is the same twice', format => {
  expect(render(format)).toBe(render(format));
});
