import {readFileSync} from 'node:fs';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type AwsClients, awsClients} from '../../src/aws/clients.ts';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {cancelDeployment, continueRollback, watchDeployment} from '../../src/deploy/attend-stack.ts';
import {type DeployedStack, deployStack} from '../../src/deploy/deploy-stack.ts';
import type {DeployEvent} from '../../src/deploy/events.ts';
import {hotswapTag} from '../../src/deploy/hotswapped-functions.ts';
import {advance, notStarted} from '../../src/deploy/progress.ts';
import {undoHotswaps} from '../../src/deploy/undo-hotswaps.ts';
import {type LocalCloud, startLocalCloud} from '../../src/local/cloud.ts';
import {answerLost, failingCalls, firstAnswerLost, lost, throttled, type Way} from '../flaky-aws/failing-calls.ts';

/** Its alias shifts traffic by the cloud's clock: an update lasts until the test puts it forward. */
const canary = readFileSync(new URL('../local/stack/fixtures/canary.yaml', import.meta.url), 'utf8');
const text = `${canary.trimEnd()}
`
  .replace('Resources:\n', 'Resources:\n  Inbox: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: !Ref Delay}}\n')
  .replace('Parameters:\n', 'Parameters:\n  Delay: {Type: Number, Default: 0}\n')
  .replace('  Alias:\n', '  Alias:\n    DependsOn: Inbox\n');
const template = parseTemplate(text, 'template.yaml');

let cloud: LocalCloud;
let clients: AwsClients;
beforeAll(async () => {
  cloud = await startLocalCloud();
  clients = awsClients(cloud);
  expect(await deploy(1).ended).toMatchObject({status: 'CREATE_COMPLETE'});
});
afterAll(() => cloud.close());

const about = {stackName: 'shop', template, pollMilliseconds: 10};

/** A deployment of another release, and when it waits for the traffic to be shifted. */
function deploy(release: number, delay = 0) {
  const interrupt = new AbortController();
  const events: DeployEvent[] = [];
  let shifts = () => {};
  const shifting = new Promise<void>(resolve => {
    shifts = resolve;
  });
  const ended: Promise<DeployedStack> = deployStack(clients, {
    ...about,
    source: {body: text},
    parameters: {Code: `exports.handler = async () => ${release};`, Delay: String(delay)},
    signal: interrupt.signal,
    approve: async () => true,
    onEvent(event) {
      events.push(event);
      if (event.type === 'traffic') shifts();
    },
  });
  ended.catch(() => {});
  return {ended, shifting, events, detach: () => interrupt.abort()};
}

/** What comes of ^C in the calls that go another way, after each of which it would be asked again. */
async function interrupted(
  ways: Readonly<Record<string, Way>>,
  attend: (by: AwsClients, signal: AbortSignal) => Promise<unknown>,
): Promise<unknown> {
  const interrupt = new AbortController();
  const stopping = Object.entries(ways).map(([operation, way]): [string, Way] => [
    operation,
    (send, n) => {
      interrupt.abort();
      return way(send, n);
    },
  ]);
  return attend(failingCalls(cloud, Object.fromEntries(stopping)), interrupt.signal);
}

async function stackStatus(): Promise<string | undefined> {
  const {Stacks: [stack] = []} = await (await clients.cloudFormation()).describeStacks({StackName: 'shop'});
  return stack?.StackStatus;
}

const neverAsked = async (question: string): Promise<boolean> => {
  throw new Error(question);
};

const shiftAll = () => cloud.forward(6 * 60_000);

test('a function whose code lies in no package is not said to have got it back', async () => {
  const lambda = await clients.lambda();
  const {Functions: [fn] = []} = await lambda.listFunctions({});
  await lambda.tagResource({Resource: fn!.FunctionArn, Tags: {[hotswapTag]: 'now'}});
  expect(await undoHotswaps(clients, 'shop', 10)).toEqual([]);
  await lambda.untagResource({Resource: fn!.FunctionArn, TagKeys: [hotswapTag]});
});

test('a deployment that nobody watches any more goes on, and is watched again from its beginning', async () => {
  const {ended, shifting, detach} = deploy(2);
  await shifting;
  detach();
  await expect(ended).rejects.toMatchObject({name: 'AbortError'});
  let progress = notStarted;
  let looks = 0;
  const watched = watchDeployment(clients, {
    ...about,
    onEvent(event) {
      progress = advance(progress, event);
      if (event.type === 'traffic' && looks++ === 0) void shiftAll();
    },
  });
  expect(await watched).toMatchObject({status: 'UPDATE_COMPLETE'});
  expect(progress).toMatchObject({done: progress.total, rollingBack: false});
  expect(progress.total).toBeGreaterThan(1);
});

test('a second deployment waits for the first and starts from what it made', async () => {
  const first = deploy(3);
  await first.shifting;
  const second = deploy(4);
  await expect.poll(() => second.events[0]).toMatchObject({step: 'wait', detail: 'shop: it is in UPDATE_IN_PROGRESS'});
  await shiftAll();
  expect(await first.ended).toMatchObject({status: 'UPDATE_COMPLETE'});
  // The first shift it hears of is that of the other.
  await expect.poll(() => second.events.some(event => event.type === 'step' && event.step === 'execute')).toBe(true);
  await expect.poll(() => second.events.at(-1)?.type).toBe('traffic');
  await shiftAll();
  expect(await second.ended).toMatchObject({changed: true, status: 'UPDATE_COMPLETE'});
});

test('an update is cancelled, which is no failure for whoever cancels it, but for whoever watches', async () => {
  const {ended, shifting} = deploy(5);
  await shifting;
  // The next attempt at what was heard already is refused.
  const by = failingCalls(cloud, {
    async CancelUpdateStack(send, n) {
      const answer = await send();
      if (n > 1) return answer;
      await expect.poll(stackStatus, {timeout: 20_000}).toMatch(/ROLLBACK/);
      return lost();
    },
  });
  const cancelled = cancelDeployment(by, {...about, onEvent: () => {}, confirm: neverAsked});
  expect(await cancelled).toMatchObject({status: 'UPDATE_ROLLBACK_COMPLETE'});
  await expect(ended).rejects.toThrow(
    'The deployment of shop was cancelled. The stack shop was rolled back to what it was',
  );
  await expect(cancelDeployment(clients, {...about, onEvent: () => {}, confirm: neverAsked})).rejects.toThrow(
    'There is no update of shop to cancel: it is in UPDATE_ROLLBACK_COMPLETE',
  );
});

test('a cancellation that is not heard says so where the stack can be asked, and else that nobody knows', async () => {
  const {ended, shifting} = deploy(5);
  await shifting;
  const impatient = {...about, pollMilliseconds: 1, onEvent: () => {}, confirm: neverAsked};
  const throttles = 'Could not cancel the update of shop: AWS throttles, 8 times: Rate exceeded';
  await expect(cancelDeployment(failingCalls(cloud, {CancelUpdateStack: throttled}), impatient)).rejects.toMatchObject({
    code: 'THROTTLED',
    message: throttles,
  });
  const unheard = failingCalls(cloud, {CancelUpdateStack: lost});
  await expect(cancelDeployment(unheard, impatient)).rejects.toMatchObject({
    code: 'CONNECTION_LOST',
    message: expect.stringMatching(/lost, 8 times\. Whether CloudFormation does it all the same is not known$/),
  });
  const deaf = failingCalls(cloud, {
    CancelUpdateStack: throttled,
    DescribeStacks: (send, n) => (n === 1 ? send() : throttled(send, n)),
  });
  await expect(cancelDeployment(deaf, impatient)).rejects.toMatchObject({
    code: 'THROTTLED',
    message: `${throttles}. Whether CloudFormation does it all the same is not known`,
    suggestions: ['gear deploy --watch --stack shop', expect.stringContaining('again')],
  });
  const notCancelled = 'Interrupted. The update of shop was not cancelled: CloudFormation goes on with it';
  const stop = (ways: Record<string, Way>) =>
    interrupted(ways, (by, signal) => cancelDeployment(by, {...impatient, signal}));
  await expect(stop({DescribeStackEvents: throttled})).rejects.toMatchObject({message: notCancelled, exit: 130});
  await expect(stop({CancelUpdateStack: throttled})).rejects.toMatchObject({message: notCancelled, exit: 130});
  await expect(stop({CancelUpdateStack: lost})).rejects.toMatchObject({
    message: 'Interrupted. Whether CloudFormation will cancel the update of shop is not known: no answer came',
    suggestions: ['gear deploy --watch --stack shop'],
  });
  await shiftAll();
  expect(await ended).toMatchObject({status: 'UPDATE_COMPLETE'});
});

test('a rollback that fails says why and how to go on, and goes on without what hinders it', async () => {
  const {ended, shifting} = deploy(6, 5);
  await shifting;
  const sqs = await clients.sqs();
  const {QueueUrls: [QueueUrl] = []} = await sqs.listQueues({});
  await sqs.deleteQueue({QueueUrl});
  const cloudWatch = await clients.cloudWatch();
  const {MetricAlarms: [alarm] = []} = await cloudWatch.describeAlarms({});
  await cloudWatch.setAlarmState({AlarmName: alarm!.AlarmName!, StateValue: 'ALARM', StateReason: 'test'});
  await cloud.forward(6000);
  const waysOut = [
    'gear deploy --continue-rollback --stack shop, when what hinders it is mended',
    'gear deploy --continue-rollback --stack shop --skip Inbox, which leaves Inbox as it is',
  ];
  const failed = {
    message: expect.stringMatching(
      /^template\.yaml:\d+:\d+: Alias .*alarms.* The stack shop is in UPDATE_ROLLBACK_FAILED, for Inbox \(AWS::SQS::Queue\) could not go back: .*does not exist/,
    ),
    suggestions: expect.arrayContaining(waysOut),
  };
  await expect(ended).rejects.toMatchObject(failed);
  await expect(watchDeployment(clients, {...about, onEvent: () => {}})).rejects.toMatchObject(failed);
  await expect(deploy(7).ended).rejects.toMatchObject({
    message: expect.stringMatching(/^The stack shop cannot be updated: it is in UPDATE_ROLLBACK_FAILED/),
    suggestions: waysOut,
  });
  const goOn = (skip: readonly string[], by = clients) => continueRollback(by, {...about, onEvent: () => {}}, skip);
  const blind = failingCalls(cloud, {DescribeStackEvents: (send, n) => (n === 1 ? send() : throttled(send, n))});
  await expect(continueRollback(blind, {...about, pollMilliseconds: 1, onEvent: () => {}}, [])).rejects.toMatchObject({
    message: expect.stringMatching(/AWS throttles.*\. CloudFormation goes on with shop$/),
    suggestions: expect.arrayContaining(['gear deploy --watch --stack shop']),
  });
  const stop = (ContinueUpdateRollback: Way) =>
    interrupted({ContinueUpdateRollback}, (by, signal) =>
      continueRollback(by, {...about, pollMilliseconds: 1, signal, onEvent: () => {}}, []),
    );
  const failedAgain = {message: expect.stringContaining('Inbox'), suggestions: expect.arrayContaining(waysOut)};
  await expect(watchDeployment(clients, {...about, onEvent: () => {}})).rejects.toMatchObject(failedAgain);
  await expect(goOn([])).rejects.toMatchObject(failedAgain);
  await expect(stop(throttled)).rejects.toThrow(
    'Interrupted. Nothing was begun: shop is still in UPDATE_ROLLBACK_FAILED',
  );
  await expect(stop(answerLost)).rejects.toMatchObject({name: 'AbortError'});
  await expect(watchDeployment(clients, {...about, onEvent: () => {}})).rejects.toMatchObject(failedAgain);
  // An answer that is lost on its way changes nothing.
  const by = failingCalls(cloud, {ContinueUpdateRollback: firstAnswerLost});
  expect(await goOn(['Inbox'], by)).toMatchObject({status: 'UPDATE_ROLLBACK_COMPLETE'});
});

describe('a creation that is under way', () => {
  /** One after the other, so that it takes its time. */
  const names = Array.from({length: 60}, (_, index) => `Log${index}`);
  const chain = JSON.stringify({
    Resources: {
      Kept: {Type: 'AWS::SQS::Queue', DeletionPolicy: 'Retain'},
      ...Object.fromEntries(
        names.map((name, index) => [
          name,
          {
            Type: 'AWS::Logs::LogGroup',
            DependsOn: index === 0 ? 'Kept' : names[index - 1],
            Properties: {LogGroupName: `/many/${name}`},
          },
        ]),
      ),
    },
  });
  const many = {stackName: 'many', template: parseTemplate(chain, 'template.yaml'), pollMilliseconds: 2};

  function create() {
    let begun = () => {};
    const first = new Promise<void>(resolve => {
      begun = resolve;
    });
    const ended = deployStack(clients, {
      ...many,
      source: {body: chain},
      parameters: {},
      onEvent: event => event.type === 'stack-event' && event.logicalId === 'Log1' && begun(),
    });
    ended.catch(() => {});
    return {ended, first};
  }

  test('is cancelled by deleting its stack once that is confirmed, and what is kept is told', async () => {
    const {ended, first} = create();
    await first;
    const asked: string[] = [];
    const cancel = (answer: boolean) =>
      cancelDeployment(clients, {
        ...many,
        onEvent: () => {},
        async confirm(question) {
          asked.push(question);
          return answer;
        },
      });
    await expect(cancel(false)).rejects.toMatchObject({code: 'NOT_APPROVED', exit: 4});
    expect(await cancel(true)).toMatchObject({
      status: 'DELETE_COMPLETE',
      kept: [expect.stringMatching(/^Kept \(http/)],
    });
    expect(asked[0]).toBe(
      'many is being created, and has nothing to go back to. Delete it with what was created so far?',
    );
    await expect(ended).rejects.toThrow('The deployment of many was cancelled. The stack many was deleted again; its');
    // Whoever looks later finds a deletion, and no deployment that failed.
    await expect(watchDeployment(clients, {...many, onEvent: () => {}})).rejects.toMatchObject({
      code: 'STACK_DELETED',
      message: expect.stringMatching(/^The stack many was deleted; its DeletionPolicy keeps Kept \(http/),
    });
    const {logGroups = []} = await (await clients.logs()).describeLogGroups({logGroupNamePrefix: '/many/'});
    expect(logGroups).toEqual([]);
  });

  test('that ends while somebody thinks it over is not deleted', async () => {
    const {ended, first} = create();
    await first;
    const cancelled = cancelDeployment(clients, {
      ...many,
      onEvent: () => {},
      confirm: () => ended.then(() => true),
    });
    await expect(cancelled).rejects.toThrow('had ended before it could be cancelled: it is in CREATE_COMPLETE');
  });
});
