import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {startAsyncInvocations} from '../../../src/local/events/async-invocations.ts';
import {ServiceError} from '../../../src/local/service-error.ts';
import {calm} from '../calm.ts';
import {openEventsBench, until} from './events-bench.ts';

let bench: ReturnType<typeof openEventsBench>;
let events: ReturnType<typeof startAsyncInvocations>;
let warnings: string[];
let counted: string[];
const start = () =>
  startAsyncInvocations({
    ...bench,
    onWarning: warning => warnings.push(warning),
    onMetric: (name, metric, value) => counted.push(`${name} ${metric} ${value}`),
  });
beforeEach(async () => {
  bench = openEventsBench();
  warnings = [];
  counted = [];
  await bench.createFunction();
  events = start();
});
afterEach(async () => {
  await events.close();
  await bench.close();
});

const FunctionName = 'orders';
const send = () => bench.call('Invoke', {FunctionName, InvocationType: 'Event', Payload: Buffer.from('{"order":7}')});
const attempts = (count: number) => until(() => bench.invocations.length === count);
const isDone = () => bench.lambda.asyncInvocations.size === 0;
/** The store says that an attempt is over by writing when the next one is due. */
const failed = (failures: number) =>
  until(() => [...bench.lambda.asyncInvocations.values()].some(one => one.failures === failures));

it('runs an event once when the function succeeds', async () => {
  await send();
  await until(isDone);
  expect(bench.invocations).toHaveLength(1);
  expect(Buffer.from(bench.invocations[0]!.payload).toString()).toBe('{"order":7}');
});

it('tries again after one minute and after two, as the same request, and then gives up', async () => {
  bench.world.answer = () => new Error('no');
  await send();
  await failed(1);
  await bench.clock.advance(59_999);
  expect(bench.invocations).toHaveLength(1);
  await bench.clock.advance(1);
  await failed(2);
  await bench.clock.advance(119_999);
  expect(bench.invocations).toHaveLength(2);
  await bench.clock.advance(1);
  await until(isDone);
  expect(bench.invocations).toHaveLength(3);
  expect(new Set(bench.invocations.map(({requestId}) => requestId)).size).toBe(1);
});

it('delivers an event twice at the same time where the disorder says so, as one event', async () => {
  await events.close();
  events = startAsyncInvocations({...bench, disorder: {...calm, repeats: () => true}});
  await send();
  await until(isDone);
  expect(bench.invocations).toHaveLength(2);
  expect(new Set(bench.invocations.map(({requestId}) => requestId)).size).toBe(1);
});

it('finishes after a restart what it had accepted before', async () => {
  await events.close();
  await send();
  expect(bench.invocations).toEqual([]);
  events = start();
  await until(isDone);
  expect(bench.invocations).toHaveLength(1);
});

it('waits for its turn when the function is throttled, without an attempt of its own', async () => {
  bench.world.answer = () => {
    if (bench.invocations.length <= 2)
      throw new ServiceError('TooManyRequestsException', 'Rate Exceeded.', {status: 429});
  };
  await send();
  await attempts(1);
  await until(() => [...bench.lambda.asyncInvocations.values()][0]?.throttles === 1);
  await bench.clock.advance(1000);
  await until(() => [...bench.lambda.asyncInvocations.values()][0]?.throttles === 2);
  await bench.clock.advance(2000);
  await until(isDone);
  expect(bench.invocations).toHaveLength(3);
});

describe('at its end an event goes', () => {
  it('to the destination for failures, with what happened', async () => {
    bench.world.answer = () => new TypeError('no order');
    const failures = await bench.createQueue('failures');
    await bench.call('PutFunctionEventInvokeConfig', {
      FunctionName,
      MaximumRetryAttempts: 0,
      DestinationConfig: {OnFailure: {Destination: failures.arn}},
    });
    await send();
    await until(isDone);
    expect(bench.invocations).toHaveLength(1);
    expect(counted).toEqual(['orders AsyncEventsDropped 1']);
    const [message] = await failures.receive();
    expect(JSON.parse(message!.Body)).toEqual({
      version: '1.0',
      timestamp: expect.stringMatching(/Z$/),
      requestContext: {
        requestId: bench.invocations[0]!.requestId,
        functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:orders:$LATEST',
        condition: 'RetriesExhausted',
        approximateInvokeCount: 1,
      },
      requestPayload: {order: 7},
      responseContext: {statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled'},
      responsePayload: {errorType: 'TypeError', errorMessage: 'no order'},
    });
    expect(bench.calls).toMatchObject([
      {operation: 'SendMessage', caller: {roleName: 'orders-role', onBehalf: 'lambda'}},
    ]);
  });

  it('to the destination for successes', async () => {
    const successes = await bench.createQueue('successes');
    const DestinationConfig = {OnSuccess: {Destination: successes.arn}};
    await bench.call('PutFunctionEventInvokeConfig', {FunctionName, DestinationConfig});
    await send();
    await until(isDone);
    const [message] = await successes.receive();
    expect(JSON.parse(message!.Body)).toMatchObject({
      requestContext: {condition: 'Success', approximateInvokeCount: 1},
      responsePayload: {ok: true},
    });
  });

  it('to the dead-letter queue, as it came', async () => {
    bench.world.answer = () => new TypeError('no order');
    const dead = await bench.createQueue('dead');
    await bench.call('UpdateFunctionConfiguration', {FunctionName, DeadLetterConfig: {TargetArn: dead.arn}});
    await bench.call('PutFunctionEventInvokeConfig', {FunctionName, MaximumRetryAttempts: 0});
    await send();
    await until(isDone);
    expect(await dead.receive()).toMatchObject([
      {
        Body: '{"order":7}',
        MessageAttributes: {
          RequestID: {StringValue: bench.invocations[0]!.requestId},
          ErrorCode: {StringValue: '200'},
          ErrorMessage: {StringValue: 'no order'},
        },
      },
    ]);
  });

  it('to nobody, with a warning, when the role may not send it', async () => {
    bench.world.answer = () => new Error('no');
    const {arn} = await bench.createQueue('failures');
    await bench.call('PutFunctionEventInvokeConfig', {
      FunctionName,
      MaximumRetryAttempts: 0,
      DestinationConfig: {OnFailure: {Destination: arn}},
    });
    bench.forbidden.add('SendMessage');
    await send();
    await until(isDone);
    expect(warnings).toEqual(['An event of orders is lost: not authorized to perform: sqs:SendMessage']);
    expect(counted).toEqual(['orders AsyncEventsDropped 1', 'orders DestinationDeliveryFailures 1']);
  });

  it('to nobody, and that is counted, when the role may not send it to the dead-letter queue', async () => {
    bench.world.answer = () => new Error('no');
    const {arn: TargetArn} = await bench.createQueue('failures');
    await bench.call('UpdateFunctionConfiguration', {FunctionName, DeadLetterConfig: {TargetArn}});
    await bench.call('PutFunctionEventInvokeConfig', {FunctionName, MaximumRetryAttempts: 0});
    bench.forbidden.add('SendMessage');
    await send();
    await until(isDone);
    expect(counted).toEqual(['orders AsyncEventsDropped 1', 'orders DeadLetterErrors 1']);
  });
});

it('is given up when it would be older than its function allows', async () => {
  bench.world.answer = () => new Error('no');
  const failures = await bench.createQueue('failures');
  await bench.call('PutFunctionEventInvokeConfig', {
    FunctionName,
    MaximumEventAgeInSeconds: 90,
    DestinationConfig: {OnFailure: {Destination: failures.arn}},
  });
  await send();
  await failed(1);
  await bench.clock.advance(60_000);
  await until(isDone);
  expect(bench.invocations).toHaveLength(2);
  const [message] = await failures.receive();
  expect(JSON.parse(message!.Body)).toMatchObject({requestContext: {condition: 'EventAgeExceeded'}});
});

describe('PutFunctionEventInvokeConfig', () => {
  it('refuses a destination the role may not send to, by its ARN', async () => {
    const {arn} = await bench.createQueue('failures');
    bench.denied.add('sqs:SendMessage');
    await expect(
      bench.call('PutFunctionEventInvokeConfig', {FunctionName, DestinationConfig: {OnFailure: {Destination: arn}}}),
    ).rejects.toMatchObject({
      message: `The function's execution role does not have permissions to call SendMessage on ${arn}`,
    });
  });

  it('is changed in part by an update, and gone after a delete', async () => {
    await bench.call('PutFunctionEventInvokeConfig', {
      FunctionName,
      MaximumRetryAttempts: 1,
      MaximumEventAgeInSeconds: 60,
    });
    expect(await bench.call('UpdateFunctionEventInvokeConfig', {FunctionName, MaximumRetryAttempts: 0})).toEqual({
      FunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:orders:$LATEST',
      LastModified: expect.any(Date),
      MaximumRetryAttempts: 0,
      MaximumEventAgeInSeconds: 60,
      DestinationConfig: {OnSuccess: {}, OnFailure: {}},
    });
    const {FunctionEventInvokeConfigs} = await bench.call<{FunctionEventInvokeConfigs: object[]}>(
      'ListFunctionEventInvokeConfigs',
      {FunctionName},
    );
    expect(FunctionEventInvokeConfigs).toHaveLength(1);
    await bench.call('DeleteFunctionEventInvokeConfig', {FunctionName});
    await expect(bench.call('GetFunctionEventInvokeConfig', {FunctionName})).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
  });
});
