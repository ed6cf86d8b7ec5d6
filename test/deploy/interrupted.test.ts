import {afterAll, beforeAll, expect, test} from 'vitest';
import {type AwsClients, awsClients} from '../../src/aws/clients.ts';
import {watchCalls} from '../../src/aws/watch-calls.ts';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {type DeployedStack, deployStack} from '../../src/deploy/deploy-stack.ts';
import {type LocalCloud, startLocalCloud} from '../../src/local/cloud.ts';

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

function deploy(by: AwsClients, stackName: string, Delay: string): Promise<DeployedStack> {
  return deployStack(by, {
    stackName,
    template: parseTemplate(text, 'template.yaml'),
    source: {body: text},
    parameters: {Delay},
    pollMilliseconds: 2,
    onEvent: () => {},
    approve: async () => true,
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

test('a deployment that is refused halfway takes its change set along, and the stack that was made for it', async () => {
  const by = watchCalls(awsClients(cloud), (call, send) => {
    if (call.operation === 'DescribeChangeSet') throw new Error('no');
    return send();
  });
  await expect(deploy(by, 'refused', '1')).rejects.toThrow('no');
  expect(await leftBehind()).toEqual({unborn: [], changeSets: []});
  expect(
    (await (await clients.cloudFormation()).describeStacks({})).Stacks?.map(({StackName}) => StackName),
  ).not.toContain('refused');
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
