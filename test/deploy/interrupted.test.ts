import type {DescribeChangeSetCommandOutput} from '@aws-sdk/client-cloudformation';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type AwsClients, awsClients} from '../../src/aws/clients.ts';
import {watchCalls} from '../../src/aws/watch-calls.ts';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {type DeployedStack, deployStack, type StackDeployment} from '../../src/deploy/deploy-stack.ts';
import {type LocalCloud, startLocalCloud} from '../../src/local/cloud.ts';
import {failingCalls, lost, throttled, type Way} from '../flaky-aws/failing-calls.ts';

let cloud: LocalCloud;
let clients: AwsClients;
beforeAll(async () => {
  cloud = await startLocalCloud();
  clients = awsClients(cloud);
});
afterAll(() => cloud.close());

const text = `Parameters:
  Delay: {Type: Number}
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: !Ref Delay}}
`;

function deploy(
  by: AwsClients,
  stackName: string,
  Delay: string,
  otherwise: Partial<StackDeployment> = {},
): Promise<DeployedStack> {
  return deployStack(by, {
    stackName,
    template: parseTemplate(text, 'template.yaml'),
    source: {body: text},
    parameters: {Delay},
    pollMilliseconds: 2,
    onEvent: () => {},
    approve: async () => true,
    ...otherwise,
  });
}

type Stop = 'before it is sent' | 'before its answer';

/** Clients of a process that is killed at its n-th call: after that it neither calls nor cleans up. */
function killedAt(n: number, stop: Stop): AwsClients {
  let calls = 0;
  return watchCalls(awsClients(cloud), async (_call, send) => {
    calls += 1;
    if (calls > n || (calls === n && stop === 'before it is sent')) throw new Error('killed');
    const answer = await send();
    if (calls === n) throw new Error('killed');
    return answer;
  });
}

async function leftBehind() {
  const client = await clients.cloudFormation();
  const {Stacks = []} = await client.describeStacks({});
  const names = Stacks.map(({StackName}) => StackName!);
  const open = await Promise.all(names.map(StackName => client.listChangeSets({StackName})));
  return {
    unborn: Stacks.filter(({StackStatus}) => StackStatus === 'REVIEW_IN_PROGRESS').map(({StackName}) => StackName),
    changeSets: open.flatMap(({Summaries = []}) => Summaries.map(({ChangeSetName}) => ChangeSetName)),
  };
}

test.each<Stop>(['before it is sent', 'before its answer'])(
  'a deployment that is killed at any call, %s, is taken up by the next one, which leaves nothing behind',
  async stop => {
    const delays = new Map<string, string>();
    for (let n = 1; ; n++) {
      const stackName = `orders-${stop.split(' ').at(-1)}-${n}`;
      const created = await deploy(killedAt(n, stop), stackName, '1').catch(() => undefined);
      expect(await deploy(clients, stackName, '1')).toMatchObject({status: 'CREATE_COMPLETE'});
      await deploy(killedAt(n, stop), stackName, '2').catch(() => undefined);
      // Whoever was killed may have got as far as having it executed.
      expect((await deploy(clients, stackName, '2')).status).toMatch(/^(CREATE|UPDATE)_COMPLETE$/);
      delays.set(stackName, '2');
      if (created !== undefined) break;
      expect(n).toBeLessThan(40);
    }
    const sqs = await clients.sqs();
    const {QueueUrls = []} = await sqs.listQueues({QueueNamePrefix: `orders-${stop.split(' ').at(-1)}`});
    const attributes = await Promise.all(
      QueueUrls.map(QueueUrl => sqs.getQueueAttributes({QueueUrl, AttributeNames: ['DelaySeconds']})),
    );
    expect(attributes.map(({Attributes}) => Attributes?.DelaySeconds)).toEqual([...delays.values()]);
    expect(await leftBehind()).toEqual({unborn: [], changeSets: []});
  },
);

const refused: Way = async () => {
  throw new Error('no');
};

/** A change set that tells of one of a nested stack, which nobody may read. */
const nestedRefused: Way = async (send, n) => {
  if (n > 1) return refused(send, n);
  const answer = (await send()) as DescribeChangeSetCommandOutput;
  const [{ResourceChange} = {}] = answer.Changes ?? [];
  return {...answer, Changes: [{ResourceChange: {...ResourceChange!, ChangeSetId: 'inner'}}]};
};

test.each<[string, Record<string, Way>]>([
  ['its change set is read', {DescribeChangeSet: refused}],
  ['the change set of a nested stack is read', {DescribeChangeSet: nestedRefused}],
  ['the events until then are read', {DescribeStackEvents: refused}],
  ['its change set is executed', {ExecuteChangeSet: refused}],
])('a deployment that is refused when %s takes its change set along, and the stack made for it', async (_, ways) => {
  await expect(deploy(failingCalls(cloud, ways), 'refused', '1')).rejects.toThrow(/^no$/);
  expect(await leftBehind()).toEqual({unborn: [], changeSets: []});
  expect(
    (await (await clients.cloudFormation()).describeStacks({})).Stacks?.map(({StackName}) => StackName),
  ).not.toContain('refused');
});

test('a creation in which CloudFormation finds nothing to do says so, and leaves no stack', async () => {
  const empty: Way = async send => ({
    ...(await send()),
    Status: 'FAILED',
    StatusReason:
      "The submitted information didn't contain changes. Submit different information to create a change set.",
  });
  await expect(deploy(failingCalls(cloud, {DescribeChangeSet: empty}), 'empty', '1')).rejects.toMatchObject({
    code: 'NOTHING_TO_CREATE',
    message: 'CloudFormation finds nothing to create for empty',
  });
  expect(await leftBehind()).toEqual({unborn: [], changeSets: []});
});

test('an update that cannot be revised takes its change set along', async () => {
  await deploy(clients, 'revised', '1');
  const revise = async () => {
    throw new Error('no');
  };
  await expect(deploy(clients, 'revised', '2', {revise})).rejects.toThrow(/^no$/);
  expect(await leftBehind()).toEqual({unborn: [], changeSets: []});
});

describe('^C before anything is executed', () => {
  /** How a deployment ends that is interrupted in a call which goes this way, and what was asked and begun in it. */
  async function interruptedIn(operation: string, way: Way) {
    const interrupt = new AbortController();
    const steps: string[] = [];
    const by = failingCalls(cloud, {
      [operation](send, n) {
        interrupt.abort();
        return way(send, n);
      },
    });
    const error = await deploy(by, 'stopped', '1', {
      signal: interrupt.signal,
      onEvent: event => event.type === 'step' && steps.push(event.step),
      async approve() {
        steps.push('asked');
        return true;
      },
    }).catch(thrown => thrown);
    return {error, steps};
  }

  test.each<[string, string, Way, readonly string[]]>([
    ['while the change set is made', 'CreateChangeSet', send => send(), []],
    ['while its execution is throttled', 'ExecuteChangeSet', throttled, ['asked']],
  ])('%s leaves nothing, and nobody is asked after it', async (_, operation, way, asked) => {
    const {error, steps} = await interruptedIn(operation, way);
    expect(error).toMatchObject({name: 'AbortError'});
    expect(steps).toEqual(['change-set', ...asked]);
    expect(await leftBehind()).toEqual({unborn: [], changeSets: []});
  });

  test('is told together with the change set that cannot be taken back', async () => {
    const interrupt = new AbortController();
    const by = failingCalls(cloud, {
      async DescribeChangeSet(send) {
        interrupt.abort();
        return send();
      },
      DeleteChangeSet: refused,
    });
    await expect(deploy(by, 'stopped', '1', {signal: interrupt.signal})).rejects.toMatchObject({
      code: 'INTERRUPTED',
      exit: 130,
      message: 'Interrupted. Its change set is left, and executes nothing by itself',
    });
  });

  test('when nobody answers to the execution says that nobody knows whether it began', async () => {
    const {error} = await interruptedIn('ExecuteChangeSet', lost);
    expect(error).toMatchObject({
      message: expect.stringMatching(/Whether CloudFormation executes it all the same is not known$/),
      suggestions: expect.arrayContaining(['gear deploy --watch --stack stopped']),
    });
    await deploy(clients, 'stopped', '1');
    expect(await leftBehind()).toEqual({unborn: [], changeSets: []});
  });
});

test.each(['ExecuteChangeSet', 'CreateChangeSet'])(
  'an answer to %s that is lost on its way changes nothing',
  async operation => {
    let lost = false;
    const {requestHandler} = (await clients.cloudFormation()).config;
    const by = awsClients(cloud);
    const client = await by.cloudFormation();
    client.config.requestHandler = {
      ...requestHandler,
      async handle(request, options) {
        const answer = await requestHandler.handle(request, options);
        if (lost || !String(request.body).includes(`Action=${operation}`)) return answer;
        lost = true;
        throw Object.assign(new Error('socket hang up'), {code: 'ECONNRESET', name: 'Error'});
      },
    };
    expect(await deploy(by, `lost-${operation}`, '1')).toMatchObject({changed: true, status: 'CREATE_COMPLETE'});
    expect(lost).toBe(true);
    expect(await leftBehind()).toEqual({unborn: [], changeSets: []});
  },
);

test('two first deployments at once: one is done, the other says that it was not', async () => {
  const both = await Promise.allSettled(['1', '2'].map(delay => deploy(awsClients(cloud), 'twice', delay)));
  const done = both.filter(({status}) => status === 'fulfilled');
  expect(done.length).toBeGreaterThan(0);
  for (const outcome of both)
    if (outcome.status === 'rejected')
      expect(outcome.reason).toMatchObject({code: 'STACK_CHANGED', suggestions: [expect.stringContaining('again')]});
  const {Stacks: [stack] = []} = await (await clients.cloudFormation()).describeStacks({StackName: 'twice'});
  expect(stack?.StackStatus).toMatch(/^(CREATE|UPDATE)_COMPLETE$/);
  expect(await leftBehind()).toEqual({unborn: [], changeSets: []});
});
