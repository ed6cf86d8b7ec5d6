import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {GetAccountAuthorizationDetailsCommand} from '@aws-sdk/client-iam';
import {ListFunctionsCommand} from '@aws-sdk/client-lambda';
import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest';
import {type AwsClients, awsClients} from '../../src/aws/clients.ts';
import {watchCalls} from '../../src/aws/watch-calls.ts';
import type {Connected, ConnectionFlags} from '../../src/cli/connect.ts';
import Audit from '../../src/commands/audit/index.ts';
import {deployService} from '../../src/deploy/deploy-service.ts';
import {type LocalCloud, startLocalCloud} from '../../src/local/cloud.ts';
import {writeConnection} from '../../src/local/connection-file.ts';
import {localFolder} from '../../src/local/local-folder.ts';
import type {FindingsDocument} from '../../src/report/findings/json.ts';

const root = resolve(import.meta.dirname, '../..');
const fixtures = join(root, 'test/e2e/same-findings');

/** A profile cannot name an endpoint for all of the SDK's services: these stand for what the AWS configuration has. */
const profiles = vi.hoisted(() => new Map<string | undefined, Connected>());
vi.mock('../../src/cli/connect.ts', async original => {
  const real = await original<typeof import('../../src/cli/connect.ts')>();
  return {
    ...real,
    connect: async (flags: ConnectionFlags) => profiles.get(flags.profile) ?? real.connect(flags),
  };
});

let folder: string;
let cloud: LocalCloud;
let clients: AwsClients;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gear-saved-'));
  cloud = await startLocalCloud();
  clients = await deployed(cloud, ['asynchronous', 'queues', 'shared-role', 'surroundings']);
});
afterAll(async () => {
  await cloud.close();
  rmSync(folder, {recursive: true});
});

async function deployed({endpoint, region, account, credentials}: LocalCloud, names: readonly string[]) {
  const made = awsClients({endpoint, region, credentials});
  for (const name of names)
    await deployService(
      made,
      {account, region, endpoint, arn: ''},
      {
        service: name,
        stackName: name,
        template: join(fixtures, `${name}.yaml`),
        parameters: {},
        prebuilt: false,
        fallbackModules: [],
        pollMilliseconds: 10,
        onEvent: () => {},
        approve: async () => true,
      },
    );
  return made;
}

/** The command in this process, as the developer of the embedded AWS. */
async function gearAudit(args: readonly string[], env: Readonly<Record<string, string>> = keys()) {
  const before = {cwd: process.cwd(), env: process.env, exitCode: process.exitCode};
  const output = {stdout: '', stderr: ''};
  for (const stream of ['stdout', 'stderr'] as const)
    vi.spyOn(process[stream], 'write').mockImplementation(chunk => {
      output[stream] += chunk;
      return true;
    });
  process.chdir(folder);
  process.env = {PATH: before.env.PATH, HOME: folder, AWS_EC2_METADATA_DISABLED: 'true', AWS_MAX_ATTEMPTS: '1', ...env};
  process.exitCode = undefined;
  try {
    await Audit.run([...args], root);
    const exitCode = process.exitCode ?? 0;
    return {...output, exitCode, document: () => JSON.parse(output.stdout) as FindingsDocument};
  } finally {
    vi.restoreAllMocks();
    process.chdir(before.cwd);
    process.env = before.env;
    process.exitCode = before.exitCode;
  }
}

function keys({accessKeyId, secretAccessKey} = cloud.credentials) {
  return {AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey};
}

const here = () => ['--endpoint-url', cloud.endpoint, '--region', cloud.region];

describe('what --save wrote', () => {
  test('is audited again without a call, and the findings are the same byte for byte', async () => {
    const live = await gearAudit([...here(), '--json', '--save', 'saved']);
    expect(live.document().findings.length).toBeGreaterThan(5);
    const again = await gearAudit(['--from', 'saved', '--json'], {});
    expect(again.stdout).toBe(live.stdout);
    expect(again.exitCode).toBe(live.exitCode);
  });

  test('is the same each time, for nobody else to read, and has no credentials', async () => {
    for (const name of ['one', 'two']) await gearAudit([...here(), '--save', name]);
    const files = readdirSync(join(folder, 'one'), {recursive: true, encoding: 'utf8'})
      .filter(name => name.endsWith('.json'))
      .sort();
    expect(files).toContain(join(cloud.account, cloud.region, 'list-functions.json'));
    expect(files).toContain(join(cloud.account, 'global', 'get-account-authorization-details.json'));
    for (const file of files) {
      const text = readFileSync(join(folder, 'one', file), 'utf8');
      if (file !== 'gear-account.json') expect(readFileSync(join(folder, 'two', file), 'utf8')).toBe(text);
      expect(text).not.toContain(cloud.credentials.secretAccessKey);
      expect(statSync(join(folder, 'one', file)).mode & 0o777).toBe(0o600);
    }
  });

  test('has the names and sizes of what is in packages, and no link to them', async () => {
    const live = await gearAudit([...here(), '--json', '--packages', '--save', 'packages']);
    const saved = join(folder, 'packages', cloud.account, cloud.region);
    const directories = JSON.parse(readFileSync(join(saved, 'read-directory.json'), 'utf8'));
    expect(directories.length).toBeGreaterThan(0);
    expect(directories[0].output.Files[0]).toEqual({
      path: expect.stringMatching(/^index\./),
      bytes: expect.any(Number),
      compressedBytes: expect.any(Number),
    });
    expect((await gearAudit(['--from', 'packages', '--json', '--packages'], {})).stdout).toBe(live.stdout);
    const {packages, ...without} = live.document();
    expect(packages!.length).toBeGreaterThan(0);
    expect((await gearAudit(['--from', 'packages', '--json'], {})).document()).toEqual(without);
  });

  test('says of packages that were not looked into that they are not checked, when they are asked for', async () => {
    await gearAudit([...here(), '--json', '--save', 'without-packages']);
    const reasons = async (args: readonly string[]) =>
      (await gearAudit(['--from', 'without-packages', '--json', ...args], {}))
        .document()
        .notChecked.map(({reason}) => reason);
    expect(await reasons([])).toEqual([]);
    expect(await reasons(['--packages'])).toContainEqual(expect.stringMatching(/has no get-function\.json$/));
  });

  test('by a gear that asked for less is audited, and what it did not ask for is named', async () => {
    const live = await gearAudit([...here(), '--json', '--save', 'earlier']);
    const path = join(folder, 'earlier', cloud.account, cloud.region, 'list-functions.json');
    const calls = JSON.parse(readFileSync(path, 'utf8'));
    for (const {output} of calls)
      for (const fn of output.Functions) fn.VpcConfig = {VpcId: 'vpc-1', SubnetIds: ['subnet-1', 'subnet-2']};
    writeFileSync(path, JSON.stringify(calls));
    const {notChecked, findings} = (await gearAudit(['--from', 'earlier', '--json'], {})).document();
    expect(notChecked).toContainEqual({
      rule: 'vpc/without-reason',
      resource: 'the tags of functions',
      reason: `${join('earlier', cloud.account, cloud.region)} has no get-resources.json`,
      origin: expect.anything(),
    });
    const known = new Set(findings.map(({fingerprint}) => fingerprint));
    expect(live.document().findings.every(({fingerprint}) => known.has(fingerprint))).toBe(true);
  });

  test('says whose it is and when it was read', async () => {
    await gearAudit([...here(), '--save', 'dated']);
    const {stdout} = await gearAudit(['--from', 'dated'], {});
    expect(stdout).toMatch(
      new RegExp(
        `^Auditing account ${cloud.account}, region ${cloud.region}, as read on \\d{4}-\\d\\d-\\d\\d into dated\n`,
      ),
    );
  });

  test('has what AWS refused, too, which stays not checked', async () => {
    const stranger = await gearAudit([...here(), '--json', '--save', 'refused', '--only', 'resilience']);
    const path = join(folder, 'refused', cloud.account, cloud.region, 'list-event-source-mappings.json');
    const [call] = JSON.parse(readFileSync(path, 'utf8'));
    delete call.output;
    call.error = {name: 'AccessDeniedException', message: 'not authorized', httpStatusCode: 403};
    writeFileSync(path, JSON.stringify([call]));
    const {notChecked} = (await gearAudit(['--from', 'refused', '--json', '--only', 'resilience'], {})).document();
    expect(stranger.document().notChecked).toEqual([]);
    expect(notChecked.map(({reason}) => reason)).toEqual([
      'Could not list the event source mappings: AccessDeniedException: not authorized',
    ]);
  });

  test('is written anew over itself, and over nothing else', async () => {
    await gearAudit([...here(), '--save', 'again']);
    expect((await gearAudit([...here(), '--save', 'again'])).exitCode).toBe(1);
    mkdirSync(join(folder, 'thesis'));
    writeFileSync(join(folder, 'thesis/chapter.txt'), 'one');
    const {stderr, exitCode} = await gearAudit([...here(), '--save', 'thesis']);
    expect(stderr).toMatch(/^Error: thesis has files in it that gear audit --save did not write/);
    expect(exitCode).toBe(2);
    expect(readdirSync(join(folder, 'thesis'))).toEqual(['chapter.txt']);
  });
});

describe('cold starts', () => {
  const reports = [900, 1500, 2100].map(
    time =>
      `REPORT RequestId: 3f1c\tDuration: 12.00 ms\tMemory Size: 128 MB\tMax Memory Used: 80 MB\tInit Duration: ${time}.00 ms`,
  );
  let name: string;
  beforeAll(async () => {
    const {Functions = []} = await (await clients.lambda()).send(new ListFunctionsCommand({}));
    name = Functions.map(({FunctionName = ''}) => FunctionName).sort()[0]!;
    const logs = await clients.logs();
    const stream = {logGroupName: `/aws/lambda/${name}`, logStreamName: '2026/11/21/[$LATEST]0f3c'};
    await logs.createLogGroup(stream).catch(() => {});
    await logs.createLogStream(stream);
    const timestamp = Date.now() - 3_600_000;
    await logs.putLogEvents({...stream, logEvents: reports.map(message => ({timestamp, message}))});
  });

  test('are measured in the logs, and the same again from what was saved', async () => {
    const measured = ['--measured', '--since', '2h', '--only', 'coldstart'];
    const live = await gearAudit([...here(), ...measured, '--json', '--save', 'measured']);
    // It costs at AWS only.
    expect(live.stderr).not.toContain('Logs Insights');
    const {starts = [], notChecked} = live.document();
    expect(notChecked).toEqual([]);
    expect(starts.find(each => each.function === name)?.starts.sizes).toEqual([
      {memory: 128, invocations: 3, maxMemoryUsed: 80, init: {count: 3, p50: 1500, p95: 2100, max: 2100}},
    ]);
    const again = await gearAudit(['--from', 'measured', ...measured, '--json'], {});
    expect(again.stdout).toBe(live.stdout);
    const text = await gearAudit(['--from', 'measured', ...measured], {});
    expect(text.stdout).toMatch(new RegExp(`${name} +128 MB +80 MB +3 +3 \\(100 %\\) +1.5 s +2.1 s +2.1 s\n`));
  });

  test('that nobody saved are not checked', async () => {
    await gearAudit([...here(), '--save', 'not-measured']);
    const {document} = await gearAudit(['--from', 'not-measured', '--measured', '--only', 'coldstart', '--json'], {});
    expect(document().notChecked.map(({reason}) => reason)).toContainEqual(
      expect.stringMatching(/has no start-query\.json$/),
    );
  });

  test.each([
    [['--measured', '--only', 'iam'], /--measured is for the rule coldstart\/cold-start-risk, which does not run here/],
    [['--measured', '--since', 'monday'], /--since monday is not a span of time/],
    [['--since', '7d'], /--since needs --measured/],
    [['template.yaml', '--measured'], /template.yaml is a template, and --measured is about an account/],
  ])('%s is refused in a sentence', async (args, sentence) => {
    const {stderr, exitCode} = await gearAudit(args);
    expect(stderr).toMatch(sentence);
    expect(exitCode).toBe(2);
  });
});

test('permissions that nobody used are found by the record of the embedded AWS', async () => {
  mkdirSync(localFolder(folder), {recursive: true});
  writeConnection(localFolder(folder), cloud.connection);
  const args = ['--local', '--unused', '--only', 'iam/unused-permission', '--json'];
  const {document} = await gearAudit(args, {});
  // Nothing was invoked, but AWS polled the queues as the role.
  const reasons = document().notChecked.map(({reason}) => reason);
  expect(reasons).toContainEqual(expect.stringMatching(/^not exercised: the function was not invoked \(.*sqs:/));
  const away = await gearAudit([...here(), '--unused', '--only', 'iam/unused-permission', '--json']);
  expect(away.document().notChecked.map(({reason}) => reason)).toContainEqual(
    expect.stringMatching(/^Could not read what .* has used: .*GenerateServiceLastAccessedDetails/),
  );
});

test('several profiles are one audit, and its saved answers another one', async () => {
  const other = await startLocalCloud({account: '444455556666'});
  for (const [profile, {endpoint, region, account, credentials}] of Object.entries({dev: cloud, prod: other}))
    profiles.set(profile, {
      clients: awsClients({endpoint, region, credentials}),
      identity: {account, region, endpoint, arn: ''},
      notes: [],
    });
  try {
    await deployed(other, ['queues']);
    const live = await gearAudit(['--profile', 'dev', '--profile', 'prod', '--json', '--save', 'both'], {});
    expect(live.stderr).toMatch(new RegExp(`account ${cloud.account}.*\n.*account ${other.account}`));
    const {findings} = live.document();
    const ofOther = findings.filter(({origin}) => 'arn' in origin && origin.arn.includes(':444455556666:'));
    expect(ofOther.length).toBeGreaterThan(0);
    expect(findings.length).toBeGreaterThan(ofOther.length);
    expect((await gearAudit(['--from', 'both', '--json'], {})).stdout).toBe(live.stdout);
  } finally {
    await other.close();
  }
});

test('of several accounts one that cannot be read is a failure, and the others are audited', async () => {
  const {credentials, endpoint, region} = cloud;
  const refusing = awsClients({endpoint, region, credentials});
  const refused = {name: 'AccessDeniedException', $metadata: {httpStatusCode: 403}};
  const refuse = (send: () => unknown, command?: string) => {
    if (command === 'ListFunctionsCommand') throw Object.assign(new Error('not authorized'), refused);
    return send();
  };
  const {middlewareStack} = await refusing.lambda();
  middlewareStack.add(
    (next, {commandName}) =>
      async args =>
        refuse(() => next(args), commandName) as ReturnType<typeof next>,
    {step: 'build'},
  );
  const identity = {account: '777788889999', region, endpoint, arn: ''};
  profiles.set('closed', {clients: refusing, identity, notes: []});
  profiles.set('open', {clients, identity: {...identity, account: cloud.account}, notes: []});
  const live = await gearAudit(['--profile', 'closed', '--profile', 'open', '--json', '--save', 'one-closed'], {});
  expect(live.stderr).toContain(
    `Error: 777788889999/${region}: Could not list the functions: AccessDeniedException: not authorized`,
  );
  expect(live.exitCode).toBe(2);
  expect(live.document().findings.length).toBeGreaterThan(5);
  const again = await gearAudit(['--from', 'one-closed', '--json'], {});
  expect(again.stdout).toBe(live.stdout);
  expect(again.exitCode).toBe(2);
});

test('^C keeps what was read, and the rest of it is not checked', async () => {
  const {credentials, endpoint, region, account} = cloud;
  let asked = 0;
  const interrupting = watchCalls(awsClients({endpoint, region, credentials}), async ({operation}, send) => {
    const answer = await send();
    if (operation === 'GetPolicy' && asked++ === 0) process.emit('SIGINT');
    return answer;
  });
  profiles.set('slow', {clients: interrupting, identity: {account, region, endpoint, arn: ''}, notes: []});
  const ended = await gearAudit(['--profile', 'slow', '--save', 'partly'], {});
  expect(ended.stderr).toBe('Interrupted; what was read until then is in partly\n  Try: gear audit --from partly\n');
  expect(ended.exitCode).toBe(130);
  const {document, stderr} = await gearAudit(['--from', 'partly', '--json'], {});
  expect(stderr).toContain('as partly read on');
  expect(document().findings.length).toBeGreaterThan(0);
  expect(
    document()
      .notChecked.map(({reason}) => reason)
      .join(),
  ).toMatch(/partly.* has no /);
});

describe('what the aws CLI wrote', () => {
  /** As `aws lambda list-functions` and `aws iam get-account-authorization-details` print them: documents decoded. */
  async function dumps(name: string, {functions = true} = {}) {
    mkdirSync(join(folder, name));
    const write = (file: string, content: object) =>
      writeFileSync(join(folder, name, file), JSON.stringify(content, null, 4));
    const details = await (await clients.iam()).send(new GetAccountAuthorizationDetailsCommand({}));
    const decoded = JSON.stringify({...details, $metadata: undefined, IsTruncated: undefined}, (_, value) =>
      typeof value === 'string' && value.startsWith('%7B') ? JSON.parse(decodeURIComponent(value)) : value,
    );
    write('account-authorization-details.json', JSON.parse(decoded));
    if (!functions) return;
    const {Functions} = await (await clients.lambda()).send(new ListFunctionsCommand({}));
    write('list-functions.json', {Functions});
  }

  test('has the same findings of IAM, and the rest is not checked', async () => {
    await dumps('dumps');
    const iam = ({findings}: FindingsDocument) =>
      findings.filter(({rule}) => /^iam\/(wildcard|shared|managed)/.test(rule)).map(({fingerprint}) => fingerprint);
    const live = (await gearAudit([...here(), '--json'])).document();
    const saved = await gearAudit(['--from', 'dumps', '--json'], {});
    expect(iam(live).length).toBeGreaterThan(0);
    expect(iam(saved.document())).toEqual(iam(live));
    expect(saved.document().notChecked.map(({reason}) => reason)).toContain(
      'dumps has no list-event-source-mappings.json',
    );
  });

  test('may be as PowerShell writes it', async () => {
    await dumps('powershell', {functions: false});
    const path = join(folder, 'powershell/account-authorization-details.json');
    writeFileSync(path, `\ufeff${readFileSync(path, 'utf8')}`, 'utf16le');
    const {document} = await gearAudit(['--from', 'powershell', '--json', '--only', 'iam'], {});
    expect(document().notChecked.map(({reason}) => reason)).toContain('powershell has no list-functions.json');
  });

  test('may be the roles alone', async () => {
    await dumps('roles', {functions: false});
    const {document, exitCode} = await gearAudit(['--from', 'roles', '--json', '--only', 'iam'], {});
    expect(document().notChecked.map(({reason}) => reason)).toContain('roles has no list-functions.json');
    expect(exitCode).not.toBe(0);
  });

  test.each([
    ['list-functions.json', {Functions: [], NextToken: 'abc'}, /is only a part of the answer: it ends with NextToken/],
    ['list-functions.json', {functions: []}, /has no Functions, as the aws CLI prints them/],
    ['get-policy.json', {Policy: '{}'}, /get-policy.json is nothing that an audit reads/],
    ['list-users.json', {Users: []}, /list-users.json is nothing that an audit reads/],
    ['list-functions.json', {Functions: []}, /has neither functions nor roles to audit/],
  ])('%s with %j is refused in a sentence', async (file, content, sentence) => {
    const name = mkdtempSync(join(folder, 'refused-'));
    writeFileSync(join(name, file), JSON.stringify(content));
    const {stderr, exitCode} = await gearAudit(['--from', name], {});
    expect(stderr).toMatch(sentence);
    expect(exitCode).toBe(2);
  });
});
