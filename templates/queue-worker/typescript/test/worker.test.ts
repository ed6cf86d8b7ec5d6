import {readFileSync} from 'node:fs';
import type {SQSEvent, SQSRecord} from 'aws-lambda';
import {afterAll, afterEach, expect, it} from 'vitest';
import {context, startFakeDynamoDb} from './fake-dynamodb.ts';

const dynamodb = await startFakeDynamoDb();
// After the environment is there.
const {handler} = await import('../src/functions/worker/handler.ts');
const event: SQSEvent = JSON.parse(readFileSync(new URL('../events/worker.json', import.meta.url), 'utf8'));
const [record] = event.Records as [SQSRecord];

afterEach(() => dynamodb.reset());
afterAll(() => dynamodb.close());

const message = (messageId: string, body: object | string): SQSRecord => ({
  ...record,
  messageId,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  messageAttributes: {},
});
const work = async (...Records: SQSRecord[]) => {
  const {batchItemFailures} = await handler({Records}, context);
  return batchItemFailures.map(({itemIdentifier}) => itemIdentifier);
};
const order = {id: 'order-17', customer: 'Ada', total: 12.5};

it('saves an order with the correlation id of its sender', async () => {
  expect(await handler(event, context)).toEqual({batchItemFailures: []});
  expect(dynamodb.rows.get('order-17')).toMatchObject({
    customer: {S: 'Ada'},
    total: {N: '12.5'},
    correlationId: {S: 'checkout-4711'},
  });
});

it('takes the message id where the sender gave none', async () => {
  await work(message('m-1', order));
  expect(dynamodb.rows.get('order-17')?.correlationId).toEqual({S: 'm-1'});
});

it('saves an order once, however often it comes', async () => {
  expect(await work(message('m-1', order), message('m-2', {...order, total: 99}))).toEqual([]);
  expect(await work(message('m-1', order))).toEqual([]);
  expect(dynamodb.rows.size).toBe(1);
  // In parallel either may be first; never both.
  expect(['m-1', 'm-2']).toContain(dynamodb.rows.get('order-17')?.correlationId?.S);
});

it.each([
  ['no JSON', 'hello'],
  ['no object', '17'],
  ['no id', {...order, id: undefined}],
  ['no customer', {...order, customer: ''}],
  ['a total that is no number', {...order, total: '12.5'}],
])('leaves a message with %s in the queue, and saves the rest of its batch', async (_, body) => {
  expect(await work(message('bad', body), message('good', order))).toEqual(['bad']);
  expect([...dynamodb.rows.keys()]).toEqual(['order-17']);
});

it('leaves what it may not save in the queue', async () => {
  dynamodb.denied.add('PutItem');
  expect(await work(message('m-1', order))).toEqual(['m-1']);
});
