import {afterEach, beforeEach, expect, it} from 'vitest';
import {openLambdaBench} from './lambda-bench.ts';

let bench: ReturnType<typeof openLambdaBench>;
beforeEach(async () => {
  bench = openLambdaBench();
  await bench.createFunction();
});
afterEach(() => bench.close());

const FunctionName = 'orders';
const invoke = (input: object = {}) =>
  bench.call<{Payload: Uint8Array} & Record<string, unknown>>('Invoke', {FunctionName, ...input});

it('answers what the function answers', async () => {
  bench.world.answer = ({payload}) => ({got: JSON.parse(Buffer.from(payload).toString())});
  const {Payload, ...rest} = await invoke({Payload: Buffer.from('{"order":7}')});
  expect(JSON.parse(Buffer.from(Payload).toString())).toEqual({got: {order: 7}});
  expect(rest).toEqual({StatusCode: 200, ExecutedVersion: '$LATEST'});
});

it('says that the function failed, with status 200', async () => {
  bench.world.answer = () => new TypeError('no order');
  const {Payload, ...rest} = await invoke();
  expect(rest).toEqual({StatusCode: 200, ExecutedVersion: '$LATEST', FunctionError: 'Unhandled'});
  expect(JSON.parse(Buffer.from(Payload).toString())).toMatchObject({errorType: 'TypeError'});
});

it('gives the end of the log to those who ask for it', async () => {
  const {LogResult} = await invoke({LogType: 'Tail'});
  expect(Buffer.from(String(LogResult), 'base64').toString()).toBe('START\nEND');
});

it('takes no payload for an empty object, and hands on the context of the client', async () => {
  await invoke({ClientContext: Buffer.from('{"custom":{}}').toString('base64')});
  expect(Buffer.from(bench.invocations[0]!.payload).toString()).toBe('{}');
  expect(bench.invocations[0]!.clientContext).toBe('{"custom":{}}');
});

it('only looks whether it could, on a dry run', async () => {
  expect(await invoke({InvocationType: 'DryRun'})).toMatchObject({StatusCode: 204});
  expect(bench.invocations).toEqual([]);
});

it('keeps an event before it says that it took it', async () => {
  expect(await invoke({InvocationType: 'Event', Payload: Buffer.from('{"order":7}')})).toMatchObject({
    $status: 202,
    StatusCode: 202,
  });
  expect([...bench.lambda.asyncInvocations.values()]).toMatchObject([
    {functionName: 'orders', payload: '{"order":7}', failures: 0},
  ]);
});

const refusals: [string, object, string][] = [
  ['a client context that is no JSON', {ClientContext: '!!!'}, 'InvalidRequestContentException'],
  ['what is no JSON', {Payload: Buffer.from('{order')}, 'InvalidRequestContentException'],
  ['more than 6 MB', {Payload: Buffer.from(`"${'x'.repeat(6_291_456)}"`)}, 'RequestTooLargeException'],
  [
    'an event of more than 1 MB',
    {InvocationType: 'Event', Payload: Buffer.from(`"${'x'.repeat(1_048_576)}"`)},
    'RequestTooLargeException',
  ],
  ['a function that is not there', {FunctionName: 'receipts'}, 'ResourceNotFoundException'],
  ['a type of invocation that is none', {InvocationType: 'Later'}, 'ValidationException'],
];
it.each(refusals)('refuses %s', async (_, input, code) => {
  await expect(invoke(input)).rejects.toMatchObject({code});
});

it('asks for the permission on the function, or on what its qualifier means', () => {
  const arn = 'arn:aws:lambda:us-east-1:000000000000:function:orders';
  expect(bench.permissions('Invoke', {FunctionName})).toEqual([{action: 'lambda:InvokeFunction', resource: arn}]);
  expect(bench.permissions('Invoke', {FunctionName, Qualifier: 'live'})).toEqual([
    {action: 'lambda:InvokeFunction', resource: `${arn}:live`},
  ]);
});
