import {afterEach, expect, test} from 'vitest';
import type {Access} from '../../../src/local/access/access.ts';
import type {Caller} from '../../../src/local/caller.ts';
import {type S3Notifications, startS3Notifications} from '../../../src/local/events/s3-notifications.ts';
import {ServiceError} from '../../../src/local/service-error.ts';
import {s3Service} from '../../../src/local/services/s3/service.ts';
import type {S3Store} from '../../../src/local/services/s3/store.ts';
import {sqsService} from '../../../src/local/services/sqs/service.ts';
import {type Bench, manualClock, openBench} from '../harness.ts';

const QueueUrl = 'http://127.0.0.1:4566/000000000000/uploads';
const Queue = 'arn:aws:sqs:us-east-1:000000000000:uploads';
const open: {bench: Bench; notifications: S3Notifications}[] = [];
afterEach(async () => {
  for (const {bench, notifications} of open.splice(0)) {
    await notifications.stop();
    await bench.close();
  }
});

async function openCloud(configuration: object = {Event: ['s3:ObjectCreated:*', 's3:ObjectRemoved:*']}) {
  const clock = manualClock();
  const bench = openBench(clock);
  const options = {state: bench.state, clock, account: '000000000000', region: 'us-east-1'};
  bench.services.set('sqs', sqsService(options));
  const s3 = s3Service(options);
  bench.services.set('s3', s3);
  const callers: Caller[] = [];
  const problem: {now?: ServiceError} = {};
  const access = {
    call(caller: Caller, service: string, operation: string, input: object) {
      callers.push(caller);
      if (problem.now !== undefined) return Promise.reject(problem.now);
      return bench.call(service, operation, input, caller);
    },
  } as unknown as Access;
  const warnings: string[] = [];
  const start = () =>
    startS3Notifications({
      outbox: (bench.services.get('s3')!.store as S3Store).outbox,
      access,
      clock,
      account: '000000000000',
      onWarning: warning => warnings.push(warning),
    });
  const cloud = {bench, notifications: start()};
  open.push(cloud);
  await bench.call('sqs', 'CreateQueue', {QueueName: 'uploads'});
  await bench.call('s3', 'CreateBucket', {Bucket: 'receipts'});
  await bench.call('s3', 'PutBucketNotificationConfiguration', {
    Bucket: 'receipts',
    NotificationConfiguration: {QueueConfiguration: [{Id: 'to-queue', Queue, ...configuration}]},
  });
  const receive = async () => {
    await clock.advance(0);
    const input = {QueueUrl, MaxNumberOfMessages: 10};
    const {Messages = []} = await bench.call<{Messages?: {Body: string; ReceiptHandle: string}[]}>(
      'sqs',
      'ReceiveMessage',
      input,
    );
    for (const {ReceiptHandle} of Messages) await bench.call('sqs', 'DeleteMessage', {QueueUrl, ReceiptHandle});
    return Messages.map(({Body}) => JSON.parse(Body));
  };
  const [testEvent] = await receive();
  return {...cloud, clock, callers, problem, warnings, testEvent, receive, start, cloud, options};
}

test("a queue is tried with the test event, and then gets the events of objects in AWS's form", async () => {
  const {bench, receive, testEvent, callers} = await openCloud();
  expect(testEvent).toMatchObject({Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'receipts'});
  await bench.call('s3', 'PutObject', {Bucket: 'receipts', Key: 'in/März 1+2.json', Body: Buffer.from('{}')});
  await bench.call('s3', 'DeleteObject', {Bucket: 'receipts', Key: 'in/März 1+2.json'});
  const [created, removed] = await receive();
  expect(created).toEqual({
    Records: [
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: 'us-east-1',
        eventTime: '2026-01-01T00:00:00.000Z',
        eventName: 'ObjectCreated:Put',
        userIdentity: {principalId: 'AWS:developer'},
        requestParameters: {sourceIPAddress: '127.0.0.1'},
        responseElements: {'x-amz-request-id': expect.any(String), 'x-amz-id-2': expect.any(String)},
        s3: {
          s3SchemaVersion: '1.0',
          configurationId: 'to-queue',
          bucket: {
            name: 'receipts',
            ownerIdentity: {principalId: expect.any(String)},
            arn: 'arn:aws:s3:::receipts',
          },
          object: {
            key: 'in/M%C3%A4rz+1%2B2.json',
            size: 2,
            eTag: '99914b932bd37a50b983c5e7c90ae93b',
            sequencer: expect.stringMatching(/^[0-9A-F]{18}$/),
          },
        },
      },
    ],
  });
  expect(removed.Records[0]).toMatchObject({eventName: 'ObjectRemoved:Delete'});
  expect(removed.Records[0].s3.object.sequencer > created.Records[0].s3.object.sequencer).toBe(true);
  expect(callers.at(-1)).toEqual({
    kind: 'service',
    principal: 's3.amazonaws.com',
    sourceArn: 'arn:aws:s3:::receipts',
    sourceAccount: '000000000000',
  });
});

test('prefix and suffix choose the objects, the event type what was done to them', async () => {
  const {bench, receive} = await openCloud({
    Event: ['s3:ObjectCreated:Copy'],
    Filter: {
      S3Key: {
        FilterRule: [
          {Name: 'prefix', Value: 'in/'},
          {Name: 'Suffix', Value: '.json'},
        ],
      },
    },
  });
  await bench.call('s3', 'PutObject', {Bucket: 'receipts', Key: 'in/a.json', Body: Buffer.from('{}')});
  for (const Key of ['in/b.json', 'out/b.json', 'in/b.csv'])
    await bench.call('s3', 'CopyObject', {Bucket: 'receipts', Key, CopySource: 'receipts/in/a.json'});
  expect((await receive()).map(({Records}) => Records[0].s3.object.key)).toEqual(['in/b.json']);
});

test('an event survives the death of the process before it is delivered', async () => {
  const opened = await openCloud();
  const {bench, receive, problem, notifications} = opened;
  problem.now = new ServiceError('InternalFailure', 'not now');
  await bench.call('s3', 'PutObject', {Bucket: 'receipts', Key: 'a.json', Body: Buffer.from('{}')});
  await notifications.stop();
  delete problem.now;
  bench.services.set('s3', s3Service(opened.options));
  opened.cloud.notifications = opened.start();
  expect(await receive()).toHaveLength(1);
});

test('an event that cannot be delivered is tried again, later and later', async () => {
  const {bench, clock, receive, problem, callers} = await openCloud();
  problem.now = new ServiceError('AccessDenied', 'no', {status: 403});
  await bench.call('s3', 'PutObject', {Bucket: 'receipts', Key: 'a.json', Body: Buffer.from('{}')});
  await clock.advance(0);
  callers.length = 0;
  await clock.advance(7000);
  expect(callers).toHaveLength(3);
  delete problem.now;
  await clock.advance(8000);
  expect(await receive()).toHaveLength(1);
});

test('an event for a queue that is gone is dropped and recorded', async () => {
  const {bench, clock, warnings} = await openCloud();
  await bench.call('sqs', 'DeleteQueue', {QueueUrl});
  await bench.call('s3', 'PutObject', {Bucket: 'receipts', Key: 'a.json', Body: Buffer.from('{}')});
  await clock.advance(0);
  expect(warnings).toEqual([expect.stringContaining('The specified queue does not exist')]);
  const {outbox} = bench.services.get('s3')!.store as S3Store;
  expect(outbox.pending()).toEqual([]);
  expect(outbox.undelivered()).toMatchObject([{reason: 'The specified queue does not exist.'}]);
});

test('a destination that S3 cannot send to is refused when it is configured', async () => {
  const {bench} = await openCloud();
  const configure = (configurations: object[]) =>
    bench.call('s3', 'PutBucketNotificationConfiguration', {
      Bucket: 'receipts',
      NotificationConfiguration: {QueueConfiguration: configurations},
    });
  const Event = ['s3:ObjectCreated:*'];
  await expect(configure([{Queue: `${Queue}-gone`, Event}])).rejects.toMatchObject({
    code: 'InvalidArgument',
    message: 'Unable to validate the following destination configurations',
  });
  await expect(
    configure([
      {Queue, Event},
      {Queue, Event: ['s3:ObjectCreated:Put']},
    ]),
  ).rejects.toThrow('Configuration is ambiguously defined');
  await expect(configure([{Queue, Event: ['s3:Replication:*']}])).rejects.toMatchObject({code: 'NotImplemented'});
});
