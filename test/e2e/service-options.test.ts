import {XRay} from '@aws-sdk/client-xray';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {driveOf} from '../drives/index.ts';
import {LegacySystem} from '../drives/legacy-system.ts';
import {openStage} from '../drives/stage.ts';
import {type Clients, eventually, ServiceUnderTest} from './service.ts';

/** A service with all options, as a team would ask for it; the tests are its days, in order. */
const reason = 'reaches the orders database';
const boundary = 'arn:aws:iam::000000000000:policy/developer-boundary';
const service = new ServiceUnderTest('typescript', {
  template: 'http-api',
  options: ['--tracing', '--vpc', reason, '--keep-warm', '--permissions-boundary', boundary],
});
const network = ['SubnetIds=subnet-0a,subnet-0b,subnet-0c', 'SecurityGroupIds=sg-0d'];
let clients: Clients;

beforeAll(async () => {
  await service.create();
  expect(await service.gear('local', 'start')).toMatchObject({exitCode: 0});
  clients = await service.clients();
});
afterAll(() => service.remove());

test('the deployment asks where the VPC is', async () => {
  await expect(service.deploy()).rejects.toThrow(/--parameter SubnetIds=\.\.\. --parameter SecurityGroupIds=/);
});

test('the deployment fails where the permissions boundary is not', async () => {
  await expect(service.deploy(...network)).rejects.toThrow(`Policy ${boundary} was not found`);
});

test('with both it is deployed, and each option is where AWS has it', async () => {
  await clients.iam.createPolicy({PolicyName: 'developer-boundary', PolicyDocument: allowing(...bounded, writes)});
  expect(await service.deploy(...network)).toMatchObject({status: 'CREATE_COMPLETE'});
  const {Functions = []} = await clients.lambda.listFunctions();
  expect(Functions).toMatchObject([
    {
      VpcConfig: {SubnetIds: ['subnet-0a', 'subnet-0b', 'subnet-0c'], SecurityGroupIds: ['sg-0d']},
      TracingConfig: {Mode: 'Active'},
    },
  ]);
  const {Roles = []} = await clients.iam.listRoles();
  const held = await Promise.all(Roles.map(({RoleName}) => clients.iam.getRole({RoleName})));
  const ofService = held.filter(({Role}) => Role!.RoleName!.startsWith('orders-'));
  expect(ofService.map(({Role}) => Role!.PermissionsBoundary!.PermissionsBoundaryArn)).toEqual([boundary, boundary]);
});

test('it is pinged and driven, uses every statement, is denied nothing, and its traces are there', async () => {
  const invoked = async () => (await usage()).functions[0]!.invocations;
  await eventually(
    async () => {
      await service.gear('local', 'time', '+5m');
      return invoked();
    },
    invocations => invocations > 0,
  );
  const connection = await service.connection();
  await driveOf('http-api')(openStage({connection, outputs: service.outputs, legacy: new LegacySystem()}));
  expect(await service.usage()).toEqual({functions: 1, unused: [], denied: []});
  // The pings never came to the handler, which would have failed on them.
  expect((await service.gear('logs', 'ApiFunction', '--local', '--errors')).stdout).toBe('');
  const {endpoint, region, accessKeyId, secretAccessKey} = connection;
  const xray = new XRay({endpoint, region, credentials: {accessKeyId, secretAccessKey}});
  const hour = 3_600_000;
  const traces = await eventually(
    () => xray.getTraceSummaries({StartTime: new Date(Date.now() - hour), EndTime: new Date(Date.now() + hour)}),
    ({TraceSummaries = []}) => TraceSummaries.length > 0,
  );
  expect(traces.TraceSummaries!.some(({HasFault, HasError}) => HasFault || HasError)).toBe(false);
});

test.each([[[]], [['--local']]])('gear audit %j tells of the ping, and finds nothing else', async flags => {
  const run = await service.gear('audit', ...flags, '--json');
  expect(run.json()).toMatchObject({findings: [{rule: 'coldstart/keep-warm-ping', severity: 'info'}], notChecked: []});
  expect(run.exitCode).toBe(0);
});

test('where the boundary allows less than the role, the call is denied, and the boundary is named', async () => {
  const narrower = allowing(...bounded);
  await clients.iam.createPolicyVersion({PolicyArn: boundary, PolicyDocument: narrower, SetAsDefault: true});
  const url = `${service.outputs.ApiUrl}/orders/order-18`;
  const body = JSON.stringify({customer: 'Ada', lines: [{sku: 'tea', quantity: 2}]});
  expect((await fetch(url, {method: 'PUT', body})).status).toBe(500);
  expect((await fetch(url)).status).toBe(404);
  expect((await usage()).functions[0]!.denied).toMatchObject([
    {
      action: writes,
      message: expect.stringContaining(`because no permissions boundary allows the ${writes} action`),
    },
  ]);
});

const writes = 'dynamodb:PutItem';
const bounded = ['dynamodb:GetItem', 'ec2:*', 'lambda:InvokeFunction', 'logs:*', 'xray:*'];

function allowing(...Action: readonly string[]): string {
  return JSON.stringify({Version: '2012-10-17', Statement: [{Effect: 'Allow', Action, Resource: '*'}]});
}

async function usage() {
  const run = await service.gear('local', 'usage', '--json');
  return run.json<{
    readonly functions: readonly {
      readonly invocations: number;
      readonly denied: readonly {readonly action: string; readonly message: string}[];
    }[];
  }>();
}
