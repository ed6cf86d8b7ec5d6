import {expect, test} from 'vitest';
import {type AssembledCloud, arnOf, assembledCloud, policy} from '../../assembled-cloud.ts';

const ruleArn = arnOf('events', 'rule/placed');

async function ruleToQueue(cloud: AssembledCloud, rule: object, target: object = {}) {
  await cloud.call('events', 'PutRule', {Name: 'placed', ...rule});
  const Arn = await cloud.queue('orders', 'events.amazonaws.com', ruleArn);
  await cloud.call('events', 'PutTargets', {Rule: 'placed', Targets: [{Id: 'queue', Arn, ...target}]});
}

const pattern = {EventPattern: JSON.stringify({source: ['shop'], detail: {total: [{numeric: ['>', 100]}]}})};
const put = (cloud: AssembledCloud, detail: object, more: object = {}) =>
  cloud.call<{FailedEntryCount: number; Entries: object[]}>('events', 'PutEvents', {
    Entries: [{Source: 'shop', DetailType: 'Order placed', Detail: JSON.stringify(detail), ...more}],
  });

test('an event that fits a rule reaches its target, another does not', async () => {
  const cloud = assembledCloud();
  await ruleToQueue(cloud, pattern);
  await put(cloud, {total: 100});
  await put(cloud, {total: 200}, {Resources: ['arn:aws:s3:::receipts']});
  const [message, ...more] = await cloud.messages('orders');
  expect(more).toEqual([]);
  expect(JSON.parse(message!.Body)).toEqual({
    version: '0',
    id: expect.any(String),
    'detail-type': 'Order placed',
    source: 'shop',
    account: '000000000000',
    time: '2026-01-01T00:00:00Z',
    region: 'us-east-1',
    resources: ['arn:aws:s3:::receipts'],
    detail: {total: 200},
  });
});

test.each([
  ['Input', {Input: '{"fixed":true}'}, {fixed: true}],
  ['InputPath', {InputPath: '$.detail.items[1]'}, {id: 'b'}],
  [
    'InputTransformer',
    {
      InputTransformer: {
        InputPathsMap: {total: '$.detail.total', who: '$.detail.who', items: '$.detail.items'},
        InputTemplate:
          '{"text":"<who> pays <total> (<missing>)","total":<total>,"items":<items>,"rule":"<aws.events.rule-name>"}',
      },
    },
    {text: 'a "b" pays 200 (<missing>)', total: 200, items: [{id: 'a'}, {id: 'b'}], rule: 'placed'},
  ],
])('%s says what the target gets', async (_, target, expected) => {
  const cloud = assembledCloud();
  await ruleToQueue(cloud, pattern, target);
  await put(cloud, {total: 200, who: 'a "b"', items: [{id: 'a'}, {id: 'b'}]});
  const [message] = await cloud.messages('orders');
  expect(JSON.parse(message!.Body)).toEqual(expected);
});

test('an event without a permission ends in the dead-letter queue and says why', async () => {
  const cloud = assembledCloud();
  await cloud.call('events', 'PutRule', {Name: 'placed', ...pattern});
  const Arn = await cloud.queue('orders');
  const dead = await cloud.queue('dead', 'events.amazonaws.com', ruleArn);
  const target = {Id: 'queue', Arn, DeadLetterConfig: {Arn: dead}};
  await cloud.call('events', 'PutTargets', {Rule: 'placed', Targets: [target]});
  await put(cloud, {total: 200});
  const [message] = await cloud.messages('dead');
  expect(JSON.parse(message!.Body)).toMatchObject({detail: {total: 200}});
  expect(message!.MessageAttributes).toMatchObject({
    ERROR_CODE: {StringValue: 'NO_PERMISSIONS'},
    RULE_ARN: {StringValue: ruleArn},
    TARGET_ARN: {StringValue: Arn},
    RETRY_ATTEMPTS: {StringValue: '0'},
  });
});

test('a target with a role is reached as that role', async () => {
  const cloud = assembledCloud();
  const Arn = await cloud.queue('orders');
  const {roleArn: RoleArn} = await cloud.roleFor('events.amazonaws.com', 'sender', {
    Action: 'sqs:SendMessage',
    Resource: Arn,
  });
  await cloud.call('events', 'PutRule', {Name: 'placed', ...pattern});
  await cloud.call('events', 'PutTargets', {Rule: 'placed', Targets: [{Id: 'queue', Arn, RoleArn}]});
  await put(cloud, {total: 200});
  expect(await cloud.messages('orders')).toHaveLength(1);
  const decisions = cloud.decisions('sqs:SendMessage');
  expect(decisions).toMatchObject([{roleArn: RoleArn, onBehalf: 'events', allowed: true}]);
});

test('a rate goes off again and again, and not while the rule is disabled', async () => {
  const cloud = assembledCloud();
  await ruleToQueue(cloud, {ScheduleExpression: 'rate(5 minutes)'});
  await cloud.clock.advance(15 * 60_000);
  const messages = await cloud.messages('orders');
  const times = messages.map(({Body}) => (JSON.parse(Body) as {time: string}).time);
  expect(times).toEqual(['2026-01-01T00:05:00Z', '2026-01-01T00:10:00Z', '2026-01-01T00:15:00Z']);
  expect(JSON.parse(messages[0]!.Body)).toMatchObject({
    source: 'aws.events',
    'detail-type': 'Scheduled Event',
    resources: [ruleArn],
    detail: {},
  });
  await cloud.call('events', 'DisableRule', {Name: 'placed'});
  await cloud.clock.advance(3_600_000);
  expect(await cloud.messages('orders')).toEqual([]);
});

test('a schedule goes on after a restart', async () => {
  const cloud = assembledCloud();
  await ruleToQueue(cloud, {ScheduleExpression: 'cron(0 * * * ? *)'});
  await cloud.restart(() => cloud.clock.advance(90 * 60_000));
  await cloud.clock.advance(30 * 60_000);
  expect(await cloud.messages('orders')).toHaveLength(1);
});

test('each entry is judged by itself', async () => {
  const cloud = assembledCloud();
  const entry = {Source: 'shop', DetailType: 'x', Detail: '{}'};
  const answer = await cloud.call('events', 'PutEvents', {
    Entries: [entry, {...entry, Detail: 'no'}, {...entry, Source: 'aws.s3'}, {Source: 'shop'}],
  });
  expect(answer).toMatchObject({
    FailedEntryCount: 3,
    Entries: [
      {EventId: expect.any(String)},
      {ErrorCode: 'MalformedDetail'},
      {ErrorCode: 'NotAuthorizedForSource'},
      {ErrorCode: 'InvalidArgument'},
    ],
  });
});

test('a bus of its own has rules of its own', async () => {
  const cloud = assembledCloud();
  const EventBusName = 'shop';
  await cloud.call('events', 'CreateEventBus', {Name: EventBusName});
  await cloud.call('events', 'PutRule', {Name: 'placed', EventBusName, ...pattern});
  const Arn = await cloud.queue('orders', 'events.amazonaws.com', arnOf('events', 'rule/shop/placed'));
  await cloud.call('events', 'PutTargets', {Rule: 'placed', EventBusName, Targets: [{Id: 'queue', Arn}]});
  await put(cloud, {total: 200});
  await put(cloud, {total: 300}, {EventBusName});
  const bodies = (await cloud.messages('orders')).map(({Body}) => JSON.parse(Body) as {detail: object});
  expect(bodies.map(({detail}) => detail)).toEqual([{total: 300}]);
  await expect(cloud.call('events', 'DeleteEventBus', {Name: EventBusName})).rejects.toThrow('it has rules');
});

test('a topic can be a target', async () => {
  const cloud = assembledCloud();
  await cloud.call('sns', 'CreateTopic', {Name: 'orders'});
  const TopicArn = arnOf('sns', 'orders');
  const Endpoint = await cloud.queue('orders', 'sns.amazonaws.com');
  const Attributes = {RawMessageDelivery: 'true'};
  await cloud.call('sns', 'Subscribe', {TopicArn, Protocol: 'sqs', Endpoint, Attributes});
  const AttributeValue = policy({
    Effect: 'Allow',
    Principal: {Service: 'events.amazonaws.com'},
    Action: 'sns:Publish',
    Resource: TopicArn,
  });
  await cloud.call('sns', 'SetTopicAttributes', {TopicArn, AttributeName: 'Policy', AttributeValue});
  await cloud.call('events', 'PutRule', {Name: 'placed', ...pattern});
  await cloud.call('events', 'PutTargets', {Rule: 'placed', Targets: [{Id: 'topic', Arn: TopicArn}]});
  await put(cloud, {total: 200});
  expect(JSON.parse((await cloud.messages('orders'))[0]!.Body)).toMatchObject({detail: {total: 200}});
});

test.each([
  [
    'a target that is not here',
    {Targets: [{Id: 'x', Arn: 'arn:aws:kinesis:us-east-1:000000000000:stream/a'}]},
    'NotImplemented',
  ],
  ['an input that is no JSON', {Targets: [{Id: 'x', Arn: arnOf('sqs', 'a'), Input: '{'}]}, 'ValidationException'],
])('%s is refused', async (_, input, code) => {
  const cloud = assembledCloud();
  await cloud.call('events', 'PutRule', {Name: 'placed', ...pattern});
  await expect(cloud.call('events', 'PutTargets', {Rule: 'placed', ...input})).rejects.toMatchObject({code});
});

test('a pattern is refused with the reason, and can be tried out', async () => {
  const cloud = assembledCloud();
  const EventPattern = '{"a":[{"like":1}]}';
  await expect(cloud.call('events', 'PutRule', {Name: 'placed', EventPattern})).rejects.toMatchObject({
    code: 'InvalidEventPatternException',
    message: expect.stringContaining('Unrecognized match type like'),
  });
  const Event = JSON.stringify({
    id: '1',
    'detail-type': 'a',
    source: 'shop',
    account: '1',
    time: '2026-01-01T00:00:00Z',
    region: 'us-east-1',
    resources: [],
    detail: {total: 101},
  });
  expect(await cloud.call('events', 'TestEventPattern', {...pattern, Event})).toEqual({Result: true});
});
