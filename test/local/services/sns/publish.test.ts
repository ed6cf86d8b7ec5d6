import {expect, test} from 'vitest';
import {type AssembledCloud, arnOf, assembledCloud, policy} from '../../assembled-cloud.ts';

const topicArn = arnOf('sns', 'orders');

async function topicWithQueue(cloud: AssembledCloud, Attributes: Record<string, string> = {}, name = 'placed') {
  const Endpoint = await cloud.queue(name, 'sns.amazonaws.com', topicArn);
  await cloud.call('sns', 'CreateTopic', {Name: 'orders'});
  const input = {TopicArn: topicArn, Protocol: 'sqs', Endpoint, Attributes};
  return (await cloud.call<{SubscriptionArn: string}>('sns', 'Subscribe', input)).SubscriptionArn;
}

const publish = (cloud: AssembledCloud, Message: string, more: object = {}) =>
  cloud.call<{MessageId: string}>('sns', 'Publish', {TopicArn: topicArn, Message, ...more});

test('a queue gets the message in its envelope', async () => {
  const cloud = assembledCloud();
  const subscription = await topicWithQueue(cloud);
  const {MessageId} = await publish(cloud, 'order 7', {
    Subject: 'placed',
    MessageAttributes: {kind: {DataType: 'String', StringValue: 'book'}},
  });
  const [message] = await cloud.messages('placed');
  expect(JSON.parse(message!.Body)).toEqual({
    Type: 'Notification',
    MessageId,
    TopicArn: topicArn,
    Subject: 'placed',
    Message: 'order 7',
    Timestamp: '2026-01-01T00:00:00.000Z',
    SignatureVersion: '1',
    Signature: expect.any(String),
    SigningCertURL: expect.any(String),
    UnsubscribeURL: expect.stringContaining(`Action=Unsubscribe&SubscriptionArn=${subscription}`),
    MessageAttributes: {kind: {Type: 'String', Value: 'book'}},
  });
});

test('raw delivery gives the message as it was published, with its attributes as those of the queue', async () => {
  const cloud = assembledCloud();
  await topicWithQueue(cloud, {RawMessageDelivery: 'true'});
  await publish(cloud, 'order 7', {MessageAttributes: {kind: {DataType: 'String', StringValue: 'book'}}});
  expect(await cloud.messages('placed')).toMatchObject([
    {Body: 'order 7', MessageAttributes: {kind: {DataType: 'String', StringValue: 'book'}}},
  ]);
});

test.each([
  ['an attribute', {FilterPolicy: '{"kind":["book"]}'}, ['book']],
  ['a number', {FilterPolicy: '{"price":[{"numeric":[">",10]}]}'}, ['dvd']],
  ['a list', {FilterPolicy: '{"tags":["gift"]}'}, ['dvd']],
  ['what is not there', {FilterPolicy: '{"tags":[{"exists":false}]}'}, ['book']],
  ['the body', {FilterPolicy: '{"item":{"id":[1]}}', FilterPolicyScope: 'MessageBody'}, ['book']],
])('a filter policy goes by %s', async (_, attributes, expected) => {
  const cloud = assembledCloud();
  await topicWithQueue(cloud, {RawMessageDelivery: 'true', ...attributes});
  const text = (StringValue: string) => ({DataType: 'String', StringValue});
  const price = (StringValue: string) => ({DataType: 'Number', StringValue});
  await publish(cloud, '{"item":{"id":1},"kind":"book"}', {MessageAttributes: {kind: text('book'), price: price('9')}});
  await publish(cloud, '{"item":{"id":2},"kind":"dvd"}', {
    MessageAttributes: {
      kind: text('dvd'),
      price: price('12.5'),
      tags: {DataType: 'String.Array', StringValue: '["gift"]'},
    },
  });
  const messages = await cloud.messages('placed');
  expect(messages.map(({Body}) => (JSON.parse(Body) as {kind: string}).kind)).toEqual(expected);
});

test('what the queue does not let in goes to the dead-letter queue of the subscription', async () => {
  const cloud = assembledCloud();
  const dead = await cloud.queue('dead', 'sns.amazonaws.com');
  await cloud.queue('closed');
  await cloud.call('sns', 'CreateTopic', {Name: 'orders'});
  await cloud.call('sns', 'Subscribe', {
    TopicArn: topicArn,
    Protocol: 'sqs',
    Endpoint: arnOf('sqs', 'closed'),
    Attributes: {RedrivePolicy: JSON.stringify({deadLetterTargetArn: dead})},
  });
  await publish(cloud, 'order 7');
  const [message] = await cloud.messages('dead');
  expect(JSON.parse(message!.Body)).toMatchObject({Message: 'order 7'});
  expect(await cloud.messages('closed')).toEqual([]);
});

test('without one it is lost, and that is said', async () => {
  const cloud = assembledCloud();
  await cloud.queue('closed');
  await cloud.call('sns', 'CreateTopic', {Name: 'orders'});
  const Endpoint = arnOf('sqs', 'closed');
  await cloud.call('sns', 'Subscribe', {TopicArn: topicArn, Protocol: 'sqs', Endpoint});
  await publish(cloud, 'order 7');
  await cloud.clock.advance(0);
  expect(cloud.warnings.join()).toContain('sns.amazonaws.com could not deliver');
});

test('an accepted message outlives the process', async () => {
  const cloud = assembledCloud();
  await topicWithQueue(cloud, {RawMessageDelivery: 'true'});
  const published = publish(cloud, 'order 7');
  await published;
  await cloud.restart();
  expect((await cloud.messages('placed')).map(({Body}) => Body)).toContain('order 7');
});

test('a batch tells what failed beside what succeeded, and a structured message speaks to each protocol', async () => {
  const cloud = assembledCloud();
  await topicWithQueue(cloud, {RawMessageDelivery: 'true'});
  const answer = await cloud.call<{Successful: object[]; Failed: object[]}>('sns', 'PublishBatch', {
    TopicArn: topicArn,
    PublishBatchRequestEntries: [
      {Id: 'a', Message: JSON.stringify({default: 'all', sqs: 'queues'}), MessageStructure: 'json'},
      {Id: 'b', Message: 'not json', MessageStructure: 'json'},
    ],
  });
  expect(answer.Successful).toMatchObject([{Id: 'a'}]);
  expect(answer.Failed).toMatchObject([{Id: 'b', Code: 'InvalidParameter'}]);
  expect((await cloud.messages('placed')).map(({Body}) => Body)).toEqual(['queues']);
});

test('publishing takes the role its permission, or the policy of the topic', async () => {
  const cloud = assembledCloud();
  await topicWithQueue(cloud);
  const caller = await cloud.role('publisher');
  const input = {TopicArn: topicArn, Message: 'order 7'};
  await expect(cloud.call('sns', 'Publish', input, caller)).rejects.toMatchObject({
    code: 'AuthorizationError',
    message: expect.stringContaining('not authorized to perform: sns:Publish'),
  });
  const statement = {Effect: 'Allow', Principal: {AWS: caller.roleArn}, Action: 'sns:Publish', Resource: topicArn};
  await cloud.call('sns', 'SetTopicAttributes', {
    TopicArn: topicArn,
    AttributeName: 'Policy',
    AttributeValue: policy(statement),
  });
  await expect(cloud.call('sns', 'Publish', input, caller)).resolves.toHaveProperty('MessageId');
});

test.each([
  ['a FIFO topic', 'CreateTopic', {Name: 'orders.fifo'}, 'FIFO topics'],
  ['mail', 'Subscribe', {TopicArn: topicArn, Protocol: 'email', Endpoint: 'a@b.c'}, 'subscriptions of protocol email'],
  [
    'encryption with a key',
    'SetTopicAttributes',
    {TopicArn: topicArn, AttributeName: 'KmsMasterKeyId', AttributeValue: 'k'},
    'the topic attribute KmsMasterKeyId',
  ],
])('%s is refused by name', async (_, operation, input, what) => {
  const cloud = assembledCloud();
  await cloud.call('sns', 'CreateTopic', {Name: 'orders'});
  await expect(cloud.call('sns', operation, input)).rejects.toMatchObject({
    code: 'NotImplemented',
    message: `gear local does not implement ${what}`,
  });
});
