import {IAM} from '@aws-sdk/client-iam';
import {Lambda} from '@aws-sdk/client-lambda';
import {XRay} from '@aws-sdk/client-xray';
import {strToU8, zipSync} from 'fflate';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {type LocalCloud, startLocalCloud} from '../../src/local/cloud.ts';

/** A Lambda function that traces, seen by the real clients of Lambda, IAM and X-Ray. */
let cloud: LocalCloud;
let lambda: Lambda;
let iam: IAM;
let xray: XRay;
beforeAll(async () => {
  cloud = await startLocalCloud();
  const {endpoint, region, credentials} = cloud;
  const settings = {endpoint, region, credentials, maxAttempts: 1};
  lambda = new Lambda(settings);
  iam = new IAM(settings);
  xray = new XRay(settings);
  await iam.createRole({RoleName: 'orders', AssumeRolePolicyDocument: policy(trust)});
});
afterAll(() => cloud.close());

const policy = (statement: object) => JSON.stringify({Version: '2012-10-17', Statement: [statement]});
const trust = {Effect: 'Allow', Principal: {Service: 'lambda.amazonaws.com'}, Action: 'sts:AssumeRole'};
const code = `export const handler = async event => {
  if (event.fail) throw new Error('no order');
  return process.env._X_AMZN_TRACE_ID;
}`;
const allow = (Action: string[]) =>
  iam.putRolePolicy({
    RoleName: 'orders',
    PolicyName: 'traces',
    PolicyDocument: policy({Effect: 'Allow', Action, Resource: '*'}),
  });
const create = () =>
  lambda.createFunction({
    FunctionName: 'orders',
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Role: 'arn:aws:iam::000000000000:role/orders',
    Code: {ZipFile: zipSync({'index.mjs': strToU8(code)})},
    TracingConfig: {Mode: 'Active'},
  });
const invoke = async (event: object = {}) => {
  const {Payload, LogResult = ''} = await lambda.invoke({
    FunctionName: 'orders',
    Payload: JSON.stringify(event),
    LogType: 'Tail',
  });
  return {payload: JSON.parse(Payload!.transformToString()), log: Buffer.from(LogResult, 'base64').toString()};
};
const summaries = async () => {
  const now = Date.now();
  const {TraceSummaries = []} = await xray.getTraceSummaries({
    StartTime: new Date(now - 3600_000),
    EndTime: new Date(now + 60_000),
  });
  return TraceSummaries;
};

it('is made only with a role that may send traces', async () => {
  await expect(create()).rejects.toThrow(
    'The provided execution role does not have permissions to call PutTraceSegments on XRAY',
  );
  await allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords']);
  await create();
});

it('sends a trace of each invocation, whose id the handler and the log have', async () => {
  const {payload, log} = await invoke();
  const [, traceId, segmentId] = /^Root=(1-[\da-f]{8}-[\da-f]{24});Parent=([\da-f]{16});Sampled=1$/.exec(payload)!;
  expect(log).toContain(`XRAY TraceId: ${traceId}\tSegmentId: ${segmentId}\tSampled: true`);
  const {Traces} = await xray.batchGetTraces({TraceIds: [traceId!, '1-00000000-000000000000000000000000']});
  const segments = Traces![0]!.Segments!.map(({Document}) => JSON.parse(Document!));
  expect(segments).toMatchObject([
    {origin: 'AWS::Lambda', name: 'orders', aws: {request_id: expect.any(String)}},
    {
      id: segmentId,
      parent_id: segments[0].id,
      origin: 'AWS::Lambda::Function',
      subsegments: [{name: 'Initialization'}, {name: 'Invocation'}],
    },
  ]);
});

it('says of a trace that its function failed', async () => {
  await invoke({fail: true});
  expect(await summaries()).toMatchObject([{HasFault: false}, {HasFault: true}]);
});

it('runs on when its role may no longer send traces, which are lost', async () => {
  await allow(['xray:PutTelemetryRecords']);
  const {payload} = await invoke();
  expect(payload).toContain('Sampled=1');
  expect(await summaries()).toHaveLength(2);
});

it('keeps what others send, and says which segments are none', async () => {
  const trace = `1-${Math.floor(Date.now() / 1000).toString(16)}-a006649127e371903a2de979`;
  const segment = {id: '70de5b6f19ff9a0a', name: 'shop', trace_id: trace, start_time: Date.now() / 1000};
  const documents = [
    JSON.stringify({...segment, in_progress: true}),
    JSON.stringify(segment),
    JSON.stringify({...segment, id: 'short'}),
    'no JSON',
  ];
  const {UnprocessedTraceSegments} = await xray.putTraceSegments({TraceSegmentDocuments: documents});
  expect(UnprocessedTraceSegments?.map(({Message}) => Message)).toEqual([
    'end_time must be a number of seconds, or in_progress true',
    'id must be 16 hexadecimal digits',
    'The document is not a JSON object',
  ]);
  expect((await summaries()).find(({Id}) => Id === trace)).toMatchObject({IsPartial: true});
});

it('refuses by name what it does not do', async () => {
  const times = {StartTime: new Date(0), EndTime: new Date(1000)};
  await expect(xray.getTraceSummaries({...times, FilterExpression: 'fault'})).rejects.toThrow('FilterExpression');
  await expect(xray.getServiceGraph(times)).rejects.toThrow('POST /ServiceGraph of xray');
});
