import {zipSync} from 'fflate';
import {expect, test} from 'vitest';
import {arnOf, assembledCloud, policy} from '../assembled-cloud.ts';

const topicArn = arnOf('sns', 'ended');
const busArn = arnOf('events', 'event-bus/default');

/** A function that succeeds or fails as its event says, with a role that may send to all it is given. */
async function openCloud(actions: readonly string[] = ['sns:Publish', 'events:PutEvents']) {
  const cloud = assembledCloud();
  const {roleArn: Role} = await cloud.role('orders', {
    Action: [...actions, 'logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: '*',
  });
  const source =
    'export const handler = async event => { if (event.fail) throw new Error("no"); return {done: true}; }';
  await cloud.call('lambda', 'CreateFunction', {
    FunctionName: 'orders',
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Role,
    Code: {ZipFile: zipSync({'index.mjs': Buffer.from(source)})},
  });
  const configure = (DestinationConfig: object) =>
    cloud.call('lambda', 'PutFunctionEventInvokeConfig', {
      FunctionName: 'orders',
      MaximumRetryAttempts: 0,
      DestinationConfig,
    });
  const invoke = (event: object) =>
    cloud.call('lambda', 'Invoke', {
      FunctionName: 'orders',
      InvocationType: 'Event',
      Payload: Buffer.from(JSON.stringify(event)),
    });
  const told = async () => {
    let messages: Awaited<ReturnType<typeof cloud.messages>> = [];
    const look = async () => {
      messages = await cloud.messages('told');
      return messages.length;
    };
    await expect.poll(look, {interval: 10, timeout: 10_000}).toBe(1);
    return JSON.parse(messages[0]!.Body) as Record<string, unknown>;
  };
  return {...cloud, configure, invoke, told};
}

test('a failure reaches a topic', async () => {
  const cloud = await openCloud();
  const Endpoint = await cloud.queue('told', 'sns.amazonaws.com', topicArn);
  await cloud.call('sns', 'CreateTopic', {Name: 'ended'});
  const Attributes = {RawMessageDelivery: 'true'};
  await cloud.call('sns', 'Subscribe', {TopicArn: topicArn, Protocol: 'sqs', Endpoint, Attributes});
  await cloud.configure({OnFailure: {Destination: topicArn}});
  await cloud.invoke({fail: true});
  expect(await cloud.told()).toMatchObject({
    requestContext: {condition: 'RetriesExhausted'},
    requestPayload: {fail: true},
    responsePayload: {errorMessage: 'no'},
  });
});

test('a failure that reaches nobody is counted in CloudWatch, as given up and as not delivered', async () => {
  const cloud = await openCloud();
  await cloud.call('sns', 'CreateTopic', {Name: 'ended'});
  await cloud.configure({OnFailure: {Destination: topicArn}});
  await cloud.call('sns', 'DeleteTopic', {TopicArn: topicArn});
  await cloud.invoke({fail: true});
  const Dimensions = [{Name: 'FunctionName', Value: 'orders'}];
  const counted = async () => {
    const {Metrics} = await cloud.call<{Metrics: readonly {readonly MetricName: string}[]}>(
      'cloudwatch',
      'ListMetrics',
      {
        Namespace: 'AWS/Lambda',
        Dimensions,
      },
    );
    return Metrics.map(({MetricName}) => MetricName);
  };
  const both = expect.arrayContaining(['AsyncEventsDropped', 'DestinationDeliveryFailures']);
  await expect.poll(counted, {interval: 10, timeout: 10_000}).toEqual(both);
});

test('a success reaches an event bus, and a function through a rule of it or a topic', async () => {
  const cloud = await openCloud();
  await cloud.call('events', 'PutRule', {Name: 'ended', EventPattern: '{"source":["lambda"]}'});
  const Arn = await cloud.queue('told', 'events.amazonaws.com', arnOf('events', 'rule/ended'));
  await cloud.call('events', 'PutTargets', {Rule: 'ended', Targets: [{Id: 'told', Arn}]});
  await cloud.configure({OnSuccess: {Destination: busArn}});
  // The first invocation comes from a topic that the function's policy lets in.
  await cloud.call('sns', 'CreateTopic', {Name: 'placed'});
  const TopicArn = arnOf('sns', 'placed');
  await cloud.call('lambda', 'AddPermission', {
    FunctionName: 'orders',
    StatementId: 'topic',
    Action: 'lambda:InvokeFunction',
    Principal: 'sns.amazonaws.com',
    SourceArn: TopicArn,
  });
  const Endpoint = arnOf('lambda', 'function:orders');
  await cloud.call('sns', 'Subscribe', {TopicArn, Protocol: 'lambda', Endpoint});
  await cloud.call('sns', 'Publish', {TopicArn, Message: 'order 7'});
  expect(await cloud.told()).toMatchObject({
    source: 'lambda',
    'detail-type': 'Lambda Function Invocation Result - Success',
    detail: {
      requestPayload: {Records: [{EventSource: 'aws:sns', Sns: {Message: 'order 7', Subject: null}}]},
      responsePayload: {done: true},
    },
  });
});

test('a destination that the role may not reach is refused when it is set', async () => {
  const cloud = await openCloud([]);
  await cloud.call('sns', 'CreateTopic', {Name: 'ended'});
  const AttributeValue = policy({Effect: 'Deny', Principal: '*', Action: 'sns:Publish', Resource: topicArn});
  await cloud.call('sns', 'SetTopicAttributes', {TopicArn: topicArn, AttributeName: 'Policy', AttributeValue});
  await expect(cloud.configure({OnFailure: {Destination: topicArn}})).rejects.toThrow(
    `does not have permissions to call Publish on ${topicArn}`,
  );
  await expect(cloud.configure({OnFailure: {Destination: 'arn:aws:s3:::failures'}})).rejects.toThrow(
    'does not implement the destination arn:aws:s3:::failures',
  );
});
