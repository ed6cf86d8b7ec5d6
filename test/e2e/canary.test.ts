import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {type Clients, eventually, rows, ServiceUnderTest} from './service.ts';

const service = new ServiceUnderTest('typescript', {template: 'queue-worker', options: ['--canary']});
let clients: Clients;
beforeAll(async () => {
  await service.create();
  await service.deploy();
  clients = await service.clients();
}, 120_000);
afterAll(() => service.remove());

/** Answers what a test can tell from what another handler answers. */
function writeHandler(body: string): void {
  writeFileSync(
    join(service.folder, 'src/functions/worker/handler.ts'),
    `export async function handler(): Promise<unknown> {\n  ${body}\n}\n`,
  );
}

async function alias() {
  const {FunctionVersion, RoutingConfig} = await clients.lambda.getAlias({
    FunctionName: service.outputs.WorkerFunctionName!,
    Name: 'live',
  });
  return {version: FunctionVersion, weights: RoutingConfig?.AdditionalVersionWeights ?? {}};
}

async function invoke() {
  const {FunctionError, Payload} = await clients.lambda.invoke({
    FunctionName: service.outputs.WorkerFunctionName!,
    Qualifier: 'live',
    Payload: '{"Records": []}',
  });
  return FunctionError === undefined ? Payload!.transformToString() : FunctionError;
}

test('what calls the function calls its alias', async () => {
  await clients.sqs.sendMessage({
    QueueUrl: service.outputs.OrderQueueUrl!,
    MessageBody: JSON.stringify({id: 'order-17', customer: 'Ada', total: 12.5}),
  });
  await eventually(
    () => rows(clients, service.outputs.OrderTableName!),
    items => items.length === 1,
  );
  expect(await alias()).toEqual({version: '1', weights: {}});
  const {EventSourceMappings = []} = await clients.lambda.listEventSourceMappings({});
  expect(EventSourceMappings.map(({FunctionArn}) => FunctionArn)).toEqual([expect.stringMatching(/:live$/)]);
});

test('without a change there is nothing to deploy', async () => {
  expect(await service.deploy()).toMatchObject({changed: false});
});

test('new code takes a tenth of the calls, and all of them after five minutes', async () => {
  writeHandler(`return 'new';`);
  const deployment = service.gear('deploy', '--local', '--json');
  await eventually(alias, ({weights}) => '2' in weights);
  expect(await alias()).toEqual({version: '1', weights: {2: 0.1}});
  await service.gear('local', 'time', '+6m');
  expect((await deployment).json()).toMatchObject({changed: true, status: 'UPDATE_COMPLETE'});
  expect(await alias()).toEqual({version: '2', weights: {}});
  expect(await invoke()).toBe('"new"');
});

test('code that fails is taken back, and the deployment says why', async () => {
  writeHandler(`throw new Error('not today');`);
  const deployment = service.gear('deploy', '--local', '--json');
  await eventually(alias, ({weights}) => '3' in weights);
  await eventually(invoke, answer => answer === 'Unhandled');
  await service.gear('local', 'time', '+90s');
  const {exitCode, stdout} = await deployment;
  expect(stdout).toContain('WorkerAlias (AWS::Lambda::Alias) failed');
  expect(stdout).toContain('One or more alarms have been activated');
  expect(exitCode).toBe(2);
  expect(await alias()).toEqual({version: '2', weights: {}});
  expect(await invoke()).toBe('"new"');
});

test('the role of the deployments has used all that it is granted', async () => {
  const {roles} = (await service.gear('local', 'usage', '--json')).json<{
    roles: {logicalId: string; granted: {sid: string; action: string; status: string}[]; denied: object[]}[];
  }>();
  const grant = (sid: string, action: string) => expect.objectContaining({sid, action, status: 'used'});
  expect(roles).toMatchObject([
    {
      logicalId: 'WorkerDeploymentRole',
      granted: [
        grant('ShiftTraffic', 'lambda:GetAlias'),
        grant('ShiftTraffic', 'lambda:UpdateAlias'),
        grant('ReadAlarm', 'cloudwatch:DescribeAlarms'),
      ],
      denied: [],
    },
  ]);
});
