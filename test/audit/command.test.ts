import {mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join, resolve} from 'node:path';
import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest';
import {rules} from '../../src/audit/rules/index.ts';
import AuditColdstart from '../../src/commands/audit/coldstart.ts';
import AuditIam from '../../src/commands/audit/iam.ts';
import Audit from '../../src/commands/audit/index.ts';
import AuditSize from '../../src/commands/audit/size.ts';
import AuditVpc from '../../src/commands/audit/vpc.ts';
import type {FindingsDocument} from '../../src/report/findings/json.ts';

const root = resolve(import.meta.dirname, '../..');
const commands: Readonly<Record<string, {run(args: string[], root: string): Promise<unknown>}>> = {
  index: Audit,
  iam: AuditIam,
  vpc: AuditVpc,
  size: AuditSize,
  coldstart: AuditColdstart,
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gear-audit-command-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), {recursive: true});
    writeFileSync(join(folder, path), text);
  }
});
afterAll(() => rmSync(folder, {recursive: true}));

const queue = (properties: string) =>
  `Resources:\n  Orders: {Type: AWS::SQS::Queue}\n  Role:\n    Type: AWS::IAM::Role\n    Properties:\n      AssumeRolePolicyDocument: {Version: "2012-10-17", Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]}\n      Policies:\n        - PolicyName: send\n          PolicyDocument: {Version: "2012-10-17", Statement: [{Effect: Allow, ${properties}}]}\n`;

const files = {
  'clean/template.yaml': queue('Action: sqs:SendMessage, Resource: !GetAtt Orders.Arn'),
  'star/template.yaml': queue('Action: sqs:SendMessage, Resource: "*"'),
  'low/template.yaml': queue('Action: sqs:ListQueueTags, Resource: "*"'),
  'info/template.yaml': queue('Action: cloudwatch:PutMetricData, Resource: "*"'),
  'open/template.yaml': `Parameters: {Target: {Type: String}}\n${queue('Action: sqs:SendMessage, Resource: !Ref Target')}`,
  'broken/template.yaml': 'Resources:\n  Orders: {Type: "AWS::SQS::Queue\n',
  'several/gear.yaml': 'service: several\ntemplate: infra.yaml\n',
  'several/infra.yaml': queue('Action: sqs:SendMessage, Resource: "*"'),
  ...withSettings('lenient', 'severity: {iam/wildcard-resource: info}'),
  ...withSettings('strict', 'severity: {iam/wildcard-resource: critical}'),
  ...withSettings('accepted', 'ignore: [{rule: iam/wildcard-resource, resource: R*, reason: made at run time}]'),
  ...withSettings(
    'lapsed',
    'ignore: [{rule: iam/wildcard-resource, resource: R*, reason: made at run time, expires: 2026-01-31}]',
  ),
  ...withSettings('mistaken', 'severity: {iam/wildcard: info}'),
  ...withParameters('given', '', 'parameters: {Target: "*"}'),
  ...withParameters('taken', ', Default: "*"', `parameters: {Target: "\${orders.QueueArn}"}`),
  ...withParameters(
    'staged',
    '',
    'parameters: {Target: "*"}\nstages: {dev: {}, prod: {parameters: {Target: "arn:aws:sqs:us-east-1:111122223333:orders"}}}',
  ),
  ...withParameters('mistyped', '', 'parameters: {Tarket: "*"}'),
  'anchored/template.yaml': [
    'x: &role',
    '  AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]}',
    '  Policies: [{PolicyName: send, PolicyDocument: {Statement: [{Effect: Allow, Action: sqs:SendMessage, Resource: "*"}]}}]',
    'Resources:',
    '  Orders: {Type: AWS::IAM::Role, Properties: *role}',
    '  Bills: {Type: AWS::IAM::Role, Properties: {<<: *role}}',
  ].join('\n'),
  'commented/template.yaml': 'Resources: {Orders: {Type: AWS::SQS::Queue}}\n# gear-ignore coldstart: all of it\n',
  'queued/template.yaml': [
    'Resources:',
    '  Orders: {Type: AWS::SQS::Queue}',
    '  Ingest: {Type: AWS::Lambda::Function, Properties: {Role: "arn:aws:iam::111122223333:role/ingest"}}',
    '  Mapping:',
    '    Type: AWS::Lambda::EventSourceMapping',
    '    Properties:',
    '      EventSourceArn: !GetAtt Orders.Arn',
    '      FunctionName: !Ref Ingest\n',
  ].join('\n'),
  'bundled/template.yaml':
    'Resources:\n  Orders: {Type: AWS::Serverless::Function, Properties: {Runtime: nodejs24.x, Handler: index.handler, CodeUri: dist}}\n',
  'bundled/dist/index.js': `exports.handler=async()=>[${'1,'.repeat(200)}];`,
  'empty/readme.txt': '',
  'values.yaml': 'stage: dev\n',
};

function withSettings(name: string, settings: string) {
  return {
    [`${name}/template.yaml`]: queue('Action: sqs:SendMessage, Resource: "*"'),
    [`${name}/gear.yaml`]: `service: ${name}\naudit: {${settings}}\n`,
  };
}

function withParameters(name: string, declaration: string, settings: string) {
  return {
    [`${name}/template.yaml`]: `Parameters: {Target: {Type: String${declaration}}}\n${queue('Action: sqs:SendMessage, Resource: !Ref Target')}`,
    [`${name}/gear.yaml`]: `service: ${name}\n${settings}\n`,
  };
}

/** The command in this process, with nothing of the developer's AWS configuration in its environment. */
async function gearAudit(args: readonly string[], {cwd = '.', command = 'index', env = {}} = {}) {
  const before = {cwd: process.cwd(), env: process.env, exitCode: process.exitCode};
  const output = {stdout: '', stderr: ''};
  for (const stream of ['stdout', 'stderr'] as const)
    vi.spyOn(process[stream], 'write').mockImplementation(chunk => {
      output[stream] += chunk;
      return true;
    });
  process.chdir(join(folder, cwd));
  process.env = {PATH: before.env.PATH, HOME: folder, AWS_EC2_METADATA_DISABLED: 'true', AWS_MAX_ATTEMPTS: '1', ...env};
  process.exitCode = undefined;
  try {
    await commands[command]!.run([...args], root);
    const exitCode = process.exitCode ?? 0;
    return {...output, exitCode, document: () => JSON.parse(output.stdout) as FindingsDocument};
  } finally {
    vi.restoreAllMocks();
    process.chdir(before.cwd);
    process.env = before.env;
    process.exitCode = before.exitCode;
  }
}

const orders = 'arn:aws:sqs:us-east-1:111122223333:orders';

describe('exit codes', () => {
  test.each([
    ['0 when nothing is found', ['clean'], 0],
    ['1 for a finding', ['star'], 1],
    ['1 for a finding at the threshold', ['low'], 1],
    ['0 for a finding below the threshold', ['low', '--fail-on', 'medium'], 0],
    ['0 for what is only worth knowing', ['info'], 0],
    ['3 when something could not be checked', ['open'], 3],
    ['1 when something was found and something not checked', ['open', 'star'], 1],
    ['0 when a parameter settles it', ['open', '--parameter', 'Target=arn:aws:sqs:us-east-1:111122223333:orders'], 0],
    ['2 for a parameter that no template has', ['open', '--parameter', 'Tarket=x'], 2],
    ['2 for a flag that does not exist', ['clean', '--sarif'], 2],
    ['1 for a finding of the rules that were asked for', ['star', '--only', 'vpc,iam/wildcard-resource'], 1],
    ['0 when other rules were asked for', ['star', '--only', 'vpc'], 0],
    ['0 when the rule is left out', ['star', '--skip', 'iam/wildcard-resource'], 0],
    ['2 for a rule to run that does not exist', ['star', '--only', 'iam/wildcard-resources'], 2],
    ['2 for a rule to leave out that does not exist', ['clean', '--skip', 'aim'], 2],
    ['2 when no rule is left', ['clean', '--only', 'vpc', '--skip', 'vpc'], 2],
    ['0 when gear.yaml thinks less of a rule', ['lenient'], 0],
    ['1 when gear.yaml thinks more of a rule', ['strict', '--fail-on', 'critical'], 1],
    ['0 when gear.yaml ignores it', ['accepted'], 0],
    ['1 when the ignore of gear.yaml has run out', ['lapsed'], 1],
    ['2 when gear.yaml cannot be understood', ['mistaken'], 2],
    ['1 when the parameter that gear.yaml gives is bad', ['given'], 1],
    ['0 when the command line gives another one', ['given', '--parameter', `Target=${orders}`], 0],
    ['3 when it is an output of another service, whatever the default is', ['taken'], 3],
    ['1 for what all stages are deployed with', ['staged'], 1],
    ['1 for a stage that says nothing of it', ['staged', '--stage', 'dev'], 1],
    ['0 for the stage that says more', ['staged', '--stage', 'prod'], 0],
    ['2 for a stage that is not there', ['staged', '--stage', 'qa'], 2],
    ['2 for a parameter of gear.yaml that the template has not', ['mistyped'], 2],
    ['0 for a bundle that shows no rule what it does', ['bundled', '--only', 'coldstart/client-in-handler'], 0],
    ['3 for it with --strict', ['bundled', '--only', 'coldstart/client-in-handler', '--strict'], 3],
  ])('%s', async (_, args, expected) => {
    expect((await gearAudit(args)).exitCode).toBe(expected);
  });
});

test('a stage that nothing says anything about is refused', async () => {
  const {exitCode, stderr} = await gearAudit(['clean', '--stage', 'prod']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('None of the templates has a gear.yaml that says what the stage prod is deployed with');
});

test('what is not checked for want of an output names it', async () => {
  const [entry] = (await gearAudit(['taken', '--json'])).document().notChecked;
  expect(entry!.reason).toContain('it is the output QueueArn of orders');
});

test('a template that does not parse and a missing file are one sentence each, and the others are audited', async () => {
  const {exitCode, stderr, document} = await gearAudit(['broken', 'missing.yaml', 'empty', 'star', '--json']);
  expect(exitCode).toBe(2);
  expect(stderr.split('\n').filter(line => line.startsWith('Error: '))).toEqual([
    'Error: There is no missing.yaml',
    expect.stringMatching(/^Error: empty has no template: /),
    expect.stringMatching(/^Error: broken\/template.yaml:\d+: cannot be read as a template: /),
  ]);
  expect(document().findings.map(({rule}) => rule)).toEqual(['iam/wildcard-resource']);
  expect(document().notChecked.map(({rule, resource}) => `${rule} ${resource}`)).toEqual([
    '* missing.yaml',
    '* empty',
    '* broken/template.yaml',
  ]);
});

test('a file that could not be read is one error, in the report a name', async () => {
  const {stdout, stderr, exitCode} = await gearAudit(['broken', 'clean']);
  expect(exitCode).toBe(2);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stdout).toBe('broken/template.yaml could not be read. The rest has no functions: no findings\n');
  const {document} = await gearAudit(['broken', '--json']);
  expect(document().notChecked).toEqual([
    {
      rule: '*',
      resource: 'broken/template.yaml',
      reason: expect.stringMatching(/^cannot be read as a template: /),
      origin: {file: 'broken/template.yaml', line: 3, column: 1},
    },
  ]);
});

test('a bundle is said to be not judged, and with --strict to be not checked', async () => {
  const entry = {
    rule: 'coldstart/client-in-handler',
    resource: 'Orders',
    reason: expect.stringMatching(/^its code is bundled: /),
    origin: {file: 'bundled/template.yaml', line: 2, column: 3},
  };
  const args = ['bundled', '--only', 'coldstart/client-in-handler', '--json'];
  expect((await gearAudit(args)).document()).toMatchObject({notChecked: [], notJudged: [entry]});
  const strict = (await gearAudit([...args, '--strict'])).document();
  expect(strict.notChecked).toEqual([entry]);
  expect(strict).not.toHaveProperty('notJudged');
});

test('no line ends in spaces, also where a finding is of no resource', async () => {
  const {stdout} = await gearAudit(['commented']);
  expect(stdout).toContain(
    'the ignore of coldstart has no effect: it stands at no resource\n    commented/template.yaml:2:1\n',
  );
});

test('a path that is empty is said to be that', async () => {
  const {stderr, exitCode} = await gearAudit(['']);
  expect(stderr).toMatch(/^Error: A path is empty\n/);
  expect(exitCode).toBe(2);
});

test('a template behind a byte order mark is fixed as any other', async () => {
  const marked = `\ufeff${files['queued/template.yaml']}`;
  writeFileSync(join(folder, 'queued/marked.yaml'), marked);
  await gearAudit(['queued/marked.yaml', '--fix', '--unsafe', '--only', 'resilience/no-partial-batch-response']);
  expect(readFileSync(join(folder, 'queued/marked.yaml'), 'utf8')).toBe(
    `${marked}      FunctionResponseTypes:\n        - ReportBatchItemFailures\n`,
  );
});

test('a link that leads nowhere is one sentence', async () => {
  symlinkSync('gone.yaml', join(folder, 'dangling.yaml'));
  const {stderr, exitCode} = await gearAudit(['dangling.yaml']);
  expect(stderr).toBe('Error: dangling.yaml is a symbolic link that leads nowhere\n');
  expect(exitCode).toBe(2);
});

test.each([
  ['a NUL', '\0'],
  ['more characters than a file may', 'a'.repeat(5000)],
])('a template of cdk.out whose name has %s is not there', async (_, templateFile) => {
  const manifest = {artifacts: {Orders: {type: 'aws:cloudformation:stack', properties: {templateFile}}}};
  mkdirSync(join(folder, 'cdk.out'), {recursive: true});
  writeFileSync(join(folder, 'cdk.out/manifest.json'), JSON.stringify(manifest));
  const {stderr, exitCode} = await gearAudit(['cdk.out']);
  expect(stderr).toMatch(/^Error: There is no cdk\.out\//);
  expect(exitCode).toBe(2);
});

test('what a template holds neither clears the screen nor begins a line of its own', async () => {
  mkdirSync(join(folder, 'hostile'));
  writeFileSync(
    join(folder, 'hostile/template.yaml'),
    queue(String.raw`Action: "sqs:\e[2J\n::stop-commands::x", Resource: !GetAtt Orders.Arn`),
  );
  const {stdout} = await gearAudit(['hostile', '--only', 'iam/unknown-action']);
  expect(stdout).toContain(String.raw`the service sqs has no action sqs:\u001b[2J ::stop-commands::x (as of`);
});

test('what an anchor brings is audited at the place where it is written, and not fixed there', async () => {
  const {document, exitCode} = await gearAudit(['anchored', '--json', '--fix', '--dry-run']);
  expect(document().findings).toMatchObject([
    {rule: 'iam/wildcard-resource', resource: 'Orders', origin: {line: 3}},
    {rule: 'iam/wildcard-resource', resource: 'Bills', origin: {line: 3}},
  ]);
  expect(document().fixes!.notFixed[0]!.reason).toBe(
    'gear edits files with no anchors or aliases only, and one stands at anchored/template.yaml:5',
  );
  expect(exitCode).toBe(1);
});

test('YAML without resources is no clean template', async () => {
  const {stderr, exitCode} = await gearAudit(['values.yaml']);
  expect(stderr).toBe('Error: values.yaml is no template: it has no Resources section\n');
  expect(exitCode).toBe(2);
});

test('a rule that does not exist comes with the one that was meant', async () => {
  expect((await gearAudit(['--explain', 'wildcard-resource'])).stderr).toContain(
    'Try: gear audit --explain iam/wildcard-resource',
  );
  expect((await gearAudit(['--explain', 'vpc/nope'])).stderr).toBe(
    [
      'Error: There is no rule vpc/nope',
      ...rules.filter(({id}) => id.startsWith('vpc/')).map(({id}) => `  Try: gear audit --explain ${id}`),
      '',
    ].join('\n'),
  );
});

test('a parameter of a template means nothing to an account', async () => {
  const {stderr, exitCode} = await gearAudit(['--account', '--parameter', 'Stage=dev']);
  expect(stderr).toBe('Error: --parameter is about a template, and --account about an account\n');
  expect(exitCode).toBe(2);
});

test('without a path it is the template of the project, as gear.yaml names it', async () => {
  const {stdout, exitCode} = await gearAudit([], {cwd: 'several'});
  expect(stdout).toContain('infra.yaml:9:');
  expect(exitCode).toBe(1);
});

test('--json and --format json are the same document', async () => {
  const one = await gearAudit(['star', '--json']);
  const other = await gearAudit(['star', '--format', 'json']);
  expect(one.stdout).toBe(other.stdout);
  expect(one.document()).toMatchObject({
    version: 1,
    summary: {functions: 0, findings: {critical: 0, high: 1, medium: 0, low: 0, info: 0}, notChecked: 0},
    findings: [
      {
        resource: 'Role',
        origin: {file: 'star/template.yaml', line: 9},
        evidence: {action: 'sqs:SendMessage', resource: '*'},
      },
    ],
  });
});

describe('reports', () => {
  test('has the graph on the page for people, also in a file beside another format', async () => {
    const edge = '<title>Role may sqs:SendMessage</title>';
    expect((await gearAudit(['star', '--format', 'html'])).stdout).toContain(edge);
    await gearAudit(['star', '--format', 'github', '--output', 'html:out/gear.html']);
    expect(readFileSync(join(folder, 'out/gear.html'), 'utf8')).toContain(edge);
  });

  test('go to several files in one run, and another one to standard output', async () => {
    const {stdout, exitCode} = await gearAudit([
      ...['star', '--format', 'github', '--output', 'sarif:out/gear.sarif', '--output', 'junit:out/gear.xml'],
      ...['--output=json:out/gear.json', '--output', 'text:out/gear.txt'],
    ]);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^::error file=star\/template\.yaml,line=9,/);
    const read = (name: string) => readFileSync(join(folder, 'out', name), 'utf8');
    expect(JSON.parse(read('gear.sarif')).runs[0].results).toHaveLength(1);
    expect(JSON.parse(read('gear.json'))).toMatchObject({version: 1, findings: [{resource: 'Role'}]});
    expect(read('gear.xml')).toContain('<failure ');
    expect(read('gear.txt')).toMatch(/^HIGH iam\/wildcard-resource: /);
  });

  test.each([
    ['a format that does not exist', ['--output', 'html5:gear.html'], /is not of the form FORMAT:FILE/],
    ['a file without a format', ['--output', 'gear.sarif'], /is not of the form FORMAT:FILE/],
    ['a format without a file', ['--output', 'sarif:'], /is not of the form FORMAT:FILE/],
    ['one file for two', ['--output', 'sarif:a', '--output', 'junit:./a'], /--output names \.\/a twice/],
    ['a folder as a file', ['--output', 'sarif:clean'], /clean: a folder stands where a file is needed/],
    ['two results on one stream', ['--json', '--format', 'junit'], /ask for two results on one standard output/],
  ])('refuse %s', async (_, args, message) => {
    const {exitCode, stdout, stderr} = await gearAudit(['clean', ...args]);
    expect(exitCode).toBe(2);
    expect(`${stdout}${stderr}`).toMatch(message);
  });

  test('name files from the root of the repository, wherever gear runs', async () => {
    mkdirSync(join(folder, '.git'));
    try {
      const {stdout} = await gearAudit(['template.yaml', '--format', 'github'], {cwd: 'star'});
      expect(stdout).toMatch(/^::error file=star\/template\.yaml,/);
    } finally {
      rmSync(join(folder, '.git'), {recursive: true});
    }
  });
});

describe('a baseline', () => {
  test('lets what was there before pass, and only that', async () => {
    const written = await gearAudit(['star', '--baseline', 'known.json', '--update-baseline']);
    expect(written).toMatchObject({exitCode: 0, stderr: 'known.json knows 1 finding now\n'});
    expect(written.stdout).toBe('No functions: no new findings; 1 known from the baseline\n');
    expect((await gearAudit(['star', '--baseline', 'known.json'])).exitCode).toBe(0);
    expect((await gearAudit(['star', 'low', '--baseline', 'known.json'])).exitCode).toBe(1);
    // The same role with the same finding in another file is another finding.
    expect(
      (await gearAudit(['lenient/template.yaml', 'several/infra.yaml', '--baseline', 'known.json'])).exitCode,
    ).toBe(1);
    expect((await gearAudit(['template.yaml', '--baseline', '../known.json'], {cwd: 'star'})).exitCode).toBe(0);
  });

  test('names what is gone, and forgets it when it is updated', async () => {
    const path = join(folder, 'fixed', 'template.yaml');
    mkdirSync(dirname(path));
    writeFileSync(path, files['star/template.yaml']);
    await gearAudit(['fixed', 'low', '--baseline', 'gone.json', '--update-baseline']);
    writeFileSync(path, files['clean/template.yaml']);
    const {stdout, exitCode} = await gearAudit(['fixed', '--baseline', 'gone.json']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('GONE since the baseline was written');
    expect(stdout).toContain('fixed/template.yaml  iam/wildcard-resource');
    const others = await gearAudit(['fixed', '--baseline', 'gone.json', '--only', 'vpc']);
    expect(others.stdout).not.toContain('GONE');
    await gearAudit(['fixed', '--baseline', 'gone.json', '--update-baseline']);
    const {findings} = JSON.parse(readFileSync(join(folder, 'gone.json'), 'utf8'));
    expect(findings.map(({source}: {source: string}) => source)).toEqual(['low/template.yaml']);
  });

  test('does not take for gone what could not be checked', async () => {
    const path = join(folder, 'unsure', 'template.yaml');
    mkdirSync(dirname(path));
    writeFileSync(path, files['star/template.yaml']);
    await gearAudit(['unsure', '--baseline', 'unsure.json', '--update-baseline']);
    for (const text of [files['open/template.yaml'], files['broken/template.yaml']]) {
      writeFileSync(path, text);
      expect((await gearAudit(['unsure', '--baseline', 'unsure.json'])).stdout).not.toContain('GONE');
      await gearAudit(['unsure', '--baseline', 'unsure.json', '--update-baseline']);
      expect(JSON.parse(readFileSync(join(folder, 'unsure.json'), 'utf8')).findings).toHaveLength(1);
    }
  });

  test.each([
    ['that is not there', ['--baseline', 'nowhere.json'], /^Error: There is no nowhere\.json\n {2}Try: gear audit /],
    ['that is no JSON', ['--baseline', 'values.yaml'], /^Error: values\.yaml is no baseline: /],
    ['to be updated without a name', ['--update-baseline'], /--update-baseline needs --baseline/],
  ])('%s is refused', async (_, args, message) => {
    const {exitCode, stderr} = await gearAudit(['clean', ...args]);
    expect(stderr).toMatch(message);
    expect(exitCode).toBe(2);
  });
});

test('a group runs its own rules only', async () => {
  expect((await gearAudit(['star'], {command: 'iam'})).exitCode).toBe(1);
  for (const command of ['vpc', 'size', 'coldstart']) expect((await gearAudit(['star'], {command})).exitCode).toBe(0);
});

test('a rule explains itself, and one that does not exist is told from those that do', async () => {
  const known = await gearAudit(['--explain', 'vpc/without-reason']);
  expect(known.stdout).toContain('VpcReason');
  expect(known.exitCode).toBe(0);
  const unknown = await gearAudit(['--explain', 'vpc/no-such-rule', '--json']);
  expect(unknown.exitCode).toBe(2);
  expect(JSON.parse(unknown.stdout).error.message).toMatch(/^There is no rule vpc\/no-such-rule$/);
});

describe('an account that cannot be reached is one sentence', () => {
  const keys = {AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret'};

  test.each<[string, string[], Record<string, string>, RegExp]>([
    ['no credentials', ['--region', 'eu-central-1'], {}, /no AWS credentials were found/],
    ['no region', ['--account'], keys, /no region was given/],
    ['a region that is none', ['--region', 'moon'], keys, /moon is no AWS region/],
    ['a region that only looks like one', ['--region', 'mars-north-1'], keys, /mars-north-1 is no AWS region/],
    ['a region of the environment', ['--account'], {...keys, AWS_REGION: 'us-moon-1'}, /us-moon-1 is no AWS region/],
    ['a profile that is not there', ['--profile', 'dev'], keys, /^Error: There is no profile dev in the AWS config/],
    [
      'a profile of the environment',
      ['--account'],
      {...keys, AWS_PROFILE: 'dev'},
      /^Error: There is no profile dev in the AWS configuration: AWS_PROFILE names it/,
    ],
    [
      'nothing at the endpoint',
      ['--region', 'eu-central-1', '--endpoint-url', 'http://127.0.0.1:9'],
      keys,
      /nothing answers at 127\.0\.0\.1:9/,
    ],
    [
      'an endpoint of the environment',
      ['--region', 'eu-central-1'],
      {...keys, AWS_ENDPOINT_URL: 'http://127.0.0.1:9'},
      /nothing answers at 127\.0\.0\.1:9/,
    ],
    [
      'an embedded AWS that does not run',
      ['--local'],
      {...keys, AWS_ENDPOINT_URL: 'http://127.0.0.1:9'},
      /gear local is not running/,
    ],
    ['a template and an account at once', ['clean', '--region', 'eu-central-1'], keys, /audit one of them/],
  ])('%s', async (_, args, env, message) => {
    const {exitCode, stderr, stdout} = await gearAudit(args, {env});
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('    at ');
    expect(stdout).toBe('');
    expect(exitCode).toBe(2);
  });
});

describe('--fix', () => {
  const forever =
    'Resources:\n  Ship:\n    Type: AWS::Lambda::Function\n    Properties: {LoggingConfig: {LogGroup: !Ref Logs}}\n  Logs: {Type: AWS::Logs::LogGroup}\n';
  const only = ['--only', 'observability/logs-kept-forever'];
  const text = (name: string) => readFileSync(join(folder, name, 'template.yaml'), 'utf8');
  const write = (name: string) => {
    mkdirSync(join(folder, name), {recursive: true});
    writeFileSync(join(folder, name, 'template.yaml'), forever);
  };

  test('writes the template, shows what changed, and ends as what is left asks for', async () => {
    write('forever');
    const {stdout, exitCode} = await gearAudit(['forever', '--fix', ...only]);
    expect(stdout).toContain('FIXED observability/logs-kept-forever: Logs keeps its logs for 365 days');
    expect(stdout).toContain('+  Logs: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 365}}');
    expect(text('forever')).toContain('RetentionInDays: 365');
    expect(exitCode).toBe(0);
  });

  test('writes nothing in a dry run', async () => {
    write('dry');
    const {stdout} = await gearAudit(['dry', '--fix', '--dry-run', ...only]);
    expect(stdout).toContain('WOULD FIX');
    expect(text('dry')).toBe(forever);
  });

  test('tells a machine what was fixed, and on standard output nothing else', async () => {
    write('machine');
    const run = await gearAudit(['machine', '--fix', '--format', 'json', ...only]);
    expect(run.document().fixes?.fixed.map(({resource}) => resource)).toEqual(['Logs']);
    expect(run.stderr).toContain('FIXED');
  });
});
