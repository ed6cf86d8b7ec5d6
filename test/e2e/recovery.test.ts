import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {SQS} from '@aws-sdk/client-sqs';
import {execa} from 'execa';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {AwsClients} from '../../src/aws/clients.ts';
import type {LocalCloud} from '../../src/local/cloud.ts';
import {depths, fail, openRecoveryCloud, type QueuePair, queuePair} from '../recovery/recovery-cloud.ts';
import {gear, gearPath} from './gear.ts';

/** A failure, an answer and a log line, as the event asks for. */
const handler = `exports.handler = async event => {
  console.log(JSON.stringify({level: 'INFO', message: 'asked', order: event.order}));
  if (event.order === undefined) throw new TypeError('there is no order');
  return {order: event.order};
};`;

const template = {
  Resources: {
    AcceptRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{Effect: 'Allow', Principal: {Service: 'lambda.amazonaws.com'}, Action: 'sts:AssumeRole'}],
        },
        Policies: [
          {
            PolicyName: 'accept',
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [
                {Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: '*'},
                {Effect: 'Allow', Action: 'sqs:SendMessage', Resource: {'Fn::GetAtt': ['Failures', 'Arn']}},
              ],
            },
          },
        ],
      },
    },
    AcceptLogs: {Type: 'AWS::Logs::LogGroup', Properties: {}},
    AcceptFunction: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Code: {ZipFile: handler},
        Role: {'Fn::GetAtt': ['AcceptRole', 'Arn']},
        LoggingConfig: {LogFormat: 'Text', LogGroup: {Ref: 'AcceptLogs'}},
      },
    },
    Failures: {Type: 'AWS::SQS::Queue'},
    Retries: {
      Type: 'AWS::Lambda::EventInvokeConfig',
      Properties: {
        FunctionName: {Ref: 'AcceptFunction'},
        Qualifier: '$LATEST',
        MaximumRetryAttempts: 0,
        DestinationConfig: {OnFailure: {Destination: {'Fn::GetAtt': ['Failures', 'Arn']}}},
      },
    },
  },
};

/** A service in a folder, deployed to an account that the commands reach by its endpoint. */
const folder = mkdtempSync(join(tmpdir(), 'gear-recovery-'));
let cloud: LocalCloud;
let clients: AwsClients;
let sqs: SQS;
let pair: QueuePair;

beforeAll(async () => {
  ({cloud, clients, sqs} = await openRecoveryCloud());
  mkdirSync(join(folder, 'events'));
  writeFileSync(join(folder, 'events', 'accept.json'), '{"order": 7}');
  writeFileSync(join(folder, 'template.json'), JSON.stringify(template));
  writeFileSync(join(folder, 'gear.yaml'), `stack: orders\nregion: ${cloud.region}\nstages: {dev: }\n`);
  const cloudFormation = await clients.cloudFormation();
  await cloudFormation.createStack({
    StackName: 'orders',
    TemplateBody: JSON.stringify(template),
    Capabilities: ['CAPABILITY_IAM'],
  });
  for (let status = 'CREATE_IN_PROGRESS'; status === 'CREATE_IN_PROGRESS'; )
    status = (await cloudFormation.describeStacks({StackName: 'orders'})).Stacks![0]!.StackStatus!;
  const {Stacks} = await cloudFormation.describeStacks({StackName: 'orders'});
  expect(Stacks![0]!.StackStatus).toBe('CREATE_COMPLETE');
  pair = await queuePair(clients, 'legacy');
  await fail(
    sqs,
    pair,
    Array.from({length: 30}, (_, order) => JSON.stringify({order})),
  );
});
afterAll(async () => {
  await cloud.close();
  rmSync(folder, {recursive: true, force: true});
});

const environment = () => ({
  AWS_ACCESS_KEY_ID: cloud.credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: cloud.credentials.secretAccessKey,
});
/** The region is that of gear.yaml. */
const account = () => ['--endpoint-url', cloud.endpoint];
const run = (args: readonly string[], options: {input?: string; cwd?: string} = {}) =>
  gear([...args, ...account()], {cwd: folder, env: environment(), ...options});

describe('gear invoke', () => {
  test('takes the event that the service keeps for the function, and prints the answer alone', async () => {
    const {stdout, stderr, exitCode} = await run(['invoke', 'accept']);
    expect({exitCode, answer: JSON.parse(stdout)}).toEqual({exitCode: 0, answer: {order: 7}});
    expect(stderr).toMatch(/^Invoked with events\/accept.json\nREPORT .*Duration: .* Max Memory Used/);
  });

  test('ends with 1 when the function fails, and shows where', async () => {
    const {stdout, stderr, exitCode} = await run(['invoke', 'AcceptFunction', '--event', '-', '--tail'], {input: '{}'});
    expect({exitCode, stdout}).toEqual({exitCode: 1, stdout: ''});
    expect(stderr).toMatch(/INFO\s+asked/);
    expect(stderr).toMatch(/AcceptFunction failed with TypeError: there is no order\n {4}at .*index\.js/);
  });

  test.each([
    [['nobody'], '', /There is no function nobody in the stack orders\n {2}Try: AcceptFunction/],
    [['accept', '--event', '-'], '{', /The event in standard input is not JSON/],
    [['accept', '--event', 'missing.json'], '', /There is no file missing.json/],
  ])('%j is refused', async (args, input, message) => {
    const {stderr, exitCode} = await run(['invoke', ...args], {input});
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(message);
  });
});

describe('gear logs', () => {
  test('writes the lines of a function for people, and with --json as they are', async () => {
    const {stdout} = await run(['logs', 'accept']);
    expect(stdout).toMatch(/Z INFO {2}asked order=7/);
    const lines = (await run(['logs', 'accept', '--json'])).stdout.split('\n').map(line => JSON.parse(line));
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.some(({message}) => message.includes('"order":7'))).toBe(true);
  });

  test('shows with --errors what failed and nothing else', async () => {
    const {stdout} = await run(['logs', 'accept', '--errors']);
    expect(stdout).toContain('there is no order');
    expect(stdout).not.toContain('asked');
  });
});

describe('gear dlq', () => {
  test('lists the queues that redrive policies and failure destinations name', async () => {
    const ofStack = (await run(['dlq', 'list', '--json'])).json();
    expect(ofStack).toMatchObject({
      stackName: 'orders',
      queues: [{logicalId: 'Failures', waiting: 0, sources: [{kind: 'function'}]}],
    });
    const {queues} = (await run(['dlq', 'list', '--region', cloud.region, '--json'], {cwd: tmpdir()})).json<{
      queues: {name: string}[];
    }>();
    expect(queues).toHaveLength(2);
    expect(queues).toContainEqual(
      expect.objectContaining({name: 'legacy-dlq', waiting: 30, sources: [{kind: 'queue', name: 'legacy'}]}),
    );
  });

  test('shows what Lambda says of a failed asynchronous invocation', async () => {
    expect(await run(['invoke', 'accept', '--async', '--event', '-'], {input: '{}'})).toMatchObject({exitCode: 0});
    await waitForMessage('Failures');
    const {stdout, stderr} = await run(['dlq', 'show']);
    expect(stdout).toMatch(/cause {4}TypeError: there is no order/);
    expect(stdout).toMatch(/origin {3}function arn:aws:lambda:\S+:orders-AcceptFunction-/);
    expect(stderr).toContain('counts the look as a receive');
    // It says so itself: where the event came from is no queue.
    expect(await run(['dlq', 'redrive'])).toMatchObject({exitCode: 2, stdout: expect.stringContaining('--to QUEUE')});
  });

  test('shows messages and leaves them there', async () => {
    const {messages} = (await run(['dlq', 'show', 'legacy-dlq', '--limit', '3', '--json'])).json<{
      messages: unknown[];
    }>();
    expect(messages).toHaveLength(3);
    expect(messages[0]).toMatchObject({
      origin: ['queue legacy'],
      cause: {message: expect.stringContaining('too often')},
    });
    expect(await depths(sqs, pair.dead)).toEqual([30, 0]);
  });

  test('counts in a dry run, moves what a filter wants, and says how many', async () => {
    const filtered = ['dlq', 'redrive', '--queue', 'legacy-dlq', '--filter', 'order=7'];
    expect((await run([...filtered, '--dry-run'])).stdout).toBe('legacy-dlq: 1 would be moved, 29 skipped, 0 failed');
    expect((await run(filtered)).stdout).toBe('legacy-dlq: 1 moved, 29 skipped, 0 failed');
    expect([await depths(sqs, pair.source), await depths(sqs, pair.dead)]).toEqual([
      [1, 0],
      [29, 0],
    ]);
  });

  test('loses nothing when ^C interrupts a redrive, and goes on with the same command', async () => {
    const command = ['dlq', 'redrive', 'legacy-dlq', ...account()];
    const child = execa(process.execPath, [gearPath, ...command, '--rate', '2'], {
      cwd: folder,
      env: environment(),
      reject: false,
    });
    await until(async () => (await depths(sqs, pair.source))[0] >= 3);
    child.kill('SIGINT');
    const {exitCode, stdout} = await child;
    expect(exitCode).toBe(130);
    expect(stdout).toContain('the same command goes on');
    const [[back], [left, inFlight]] = [await depths(sqs, pair.source), await depths(sqs, pair.dead)];
    expect([back + left, inFlight]).toEqual([30, 0]);
    expect(left).toBeGreaterThan(0);
    expect(await run(['dlq', 'redrive', 'legacy-dlq'])).toMatchObject({exitCode: 0});
    expect([await depths(sqs, pair.source), await depths(sqs, pair.dead)]).toEqual([
      [30, 0],
      [0, 0],
    ]);
  });

  test('purges only when told to', async () => {
    await sqs.sendMessage({QueueUrl: pair.dead.url, MessageBody: 'last'});
    const refused = await run(['dlq', 'purge', 'legacy-dlq', '--json']);
    expect(refused.exitCode).toBe(4);
    expect(refused.json()).toMatchObject({error: {code: 'CONFIRMATION_NEEDED'}});
    expect(await depths(sqs, pair.dead)).toEqual([1, 0]);
    expect((await run(['dlq', 'purge', 'legacy-dlq', '--yes'])).stdout).toBe('Deleted 1 message of legacy-dlq');
    expect(await depths(sqs, pair.dead)).toEqual([0, 0]);
  });

  test.each([
    [['show', 'nobody'], /There is no queue nobody/],
    [['show', 'a', '--queue', 'b'], /a and --queue b are two queues/],
    [['redrive', 'legacy-dlq', '--rate', 'fast'], /--rate fast is not a number of messages a second/],
    [['redrive', 'legacy-dlq', '--to', 'legacy-dlq'], /legacy-dlq cannot be redriven to itself/],
    [['list', '--stack', 'nowhere'], /There is no stack nowhere here/],
  ])('%j is refused', async (args, message) => {
    const {stderr, exitCode} = await run(['dlq', ...args]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(message);
  });
});

test('what is about a stage is about its stack', async () => {
  const commands = [['invoke', 'accept'], ['replay'], ['dlq', 'show']];
  const runs = await Promise.all(commands.map(command => run([...command, '--stage', 'dev'])));
  expect(runs.map(({stderr}) => stderr.split('\n')[0])).toEqual([
    'Error: There is no function accept, and no stack orders-dev here',
    'Error: There is no stack orders-dev here',
    'Error: There is no stack orders-dev here',
  ]);
});

test('a deployment is watched in the region of gear.yaml', async () => {
  const {stderr} = await run(['deploy', '--watch']);
  expect(stderr).toMatch(new RegExp(`^Watching orders in account \\d+, region ${cloud.region}`));
});

test('gear replay says when a service has nothing to replay', async () => {
  const {stderr, exitCode} = await run(['replay', '--dry-run']);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/The stack orders does not say what can be replayed/);
});

async function waitForMessage(logicalId: string): Promise<void> {
  const {StackResources = []} = await (await clients.cloudFormation()).describeStackResources({StackName: 'orders'});
  const url = StackResources.find(({LogicalResourceId}) => LogicalResourceId === logicalId)!.PhysicalResourceId!;
  await until(async () => (await depths(sqs, {url}))[0] === 1);
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let round = 0; !(await isSo()); round++) {
    if (round > 200) throw new Error('it did not come');
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}
