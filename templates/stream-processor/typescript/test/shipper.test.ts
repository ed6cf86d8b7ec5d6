import {readFileSync} from 'node:fs';
import type {AttributeValue, DynamoDBRecord, DynamoDBStreamEvent} from 'aws-lambda';
import {afterAll, afterEach, expect, it} from 'vitest';
import {context, startFakeDynamoDb} from './fake-dynamodb.ts';

const dynamodb = await startFakeDynamoDb();
// After the environment is there.
const {handler} = await import('../src/functions/shipper/handler.ts');
const event: DynamoDBStreamEvent = JSON.parse(readFileSync(new URL('../events/shipper.json', import.meta.url), 'utf8'));
const [placed] = event.Records as [DynamoDBRecord];

afterEach(() => dynamodb.reset());
afterAll(() => dynamodb.close());

const record = (SequenceNumber: string, NewImage: Record<string, AttributeValue>): DynamoDBRecord => ({
  ...placed,
  eventID: `event-${SequenceNumber}`,
  dynamodb: {...placed.dynamodb, SequenceNumber, NewImage},
});
const ship = async (...Records: DynamoDBRecord[]) => {
  const {batchItemFailures} = await handler({Records}, context);
  return batchItemFailures.map(({itemIdentifier}) => itemIdentifier);
};

it('makes a shipment of an order, with the correlation id of its writer', async () => {
  expect(await handler(event, context)).toEqual({batchItemFailures: []});
  expect(dynamodb.rows.get('order-17')).toMatchObject({
    address: {S: '12 Row Lane'},
    correlationId: {S: 'checkout-4711'},
  });
});

it('takes the event id where the writer gave none', async () => {
  await ship(record('7', {id: {S: 'order-18'}, address: {S: '1 Quay'}}));
  expect(dynamodb.rows.get('order-18')?.correlationId).toEqual({S: 'event-7'});
});

it('ships an order once, however often it comes', async () => {
  await ship(placed);
  const before = dynamodb.rows.get('order-17');
  expect(await ship(placed)).toEqual([]);
  expect(dynamodb.rows.get('order-17')).toBe(before);
});

it.each([
  ['no address', {id: {S: 'order-18'}}],
  ['an empty address', {id: {S: 'order-18'}, address: {S: ''}}],
  ['no id', {address: {S: '1 Quay'}}],
])('names the record of an order with %s, and ships the rest of its batch', async (_, image) => {
  expect(await ship(record('7', image), placed)).toEqual(['7']);
  expect([...dynamodb.rows.keys()]).toEqual(['order-17']);
});

it('names what it may not save', async () => {
  dynamodb.denied.add('PutItem');
  expect(await ship(placed)).toEqual(['111']);
});
