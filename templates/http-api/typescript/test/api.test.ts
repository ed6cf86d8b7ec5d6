import {readFileSync} from 'node:fs';
import type {APIGatewayProxyEventV2} from 'aws-lambda';
import {afterAll, afterEach, expect, it} from 'vitest';
import {context, startFakeDynamoDb} from './fake-dynamodb.ts';

const dynamodb = await startFakeDynamoDb();
// After the environment is there.
const {handler} = await import('../src/functions/api/handler.ts');
const put = readEvent('put-order');
const get = readEvent('get-order');

afterEach(() => dynamodb.reset());
afterAll(() => dynamodb.close());

const ask = async (event: APIGatewayProxyEventV2) => {
  const {statusCode, headers, body} = await handler(event, context);
  return {status: statusCode, headers, body: JSON.parse(body ?? '')};
};
const order = {id: 'order-17', customer: 'Ada', lines: [{sku: 'tea', quantity: 2}]};
const putting = (body: object | string) =>
  ask({...put, body: typeof body === 'string' ? body : JSON.stringify({...order, ...body})});

it('puts an order and gives it back', async () => {
  expect(await ask(put)).toMatchObject({status: 201, headers: {'x-correlation-id': 'checkout-4711'}, body: order});
  expect(await ask(get)).toMatchObject({status: 200, headers: {'content-type': 'application/json'}, body: order});
  expect(dynamodb.rows.get('order-17')?.correlationId).toEqual({S: 'checkout-4711'});
});

it('answers 200 to the same request again', async () => {
  await ask(put);
  expect(await ask(put)).toMatchObject({status: 200, body: order});
});

it('takes a body in base64', async () => {
  const body = Buffer.from(put.body ?? '').toString('base64');
  expect(await ask({...put, body, isBase64Encoded: true})).toMatchObject({status: 201, body: order});
});

it('keeps only what it knows of a body', async () => {
  expect((await putting({secret: 'x'})).body).toEqual(order);
  expect(dynamodb.rows.get('order-17')).not.toHaveProperty('secret');
});

it('answers 404 when there is no such order', async () => {
  expect(await ask(get)).toMatchObject({
    status: 404,
    headers: {'content-type': 'application/problem+json'},
    body: {title: 'No such order', status: 404, correlationId: 'checkout-4711'},
  });
});

it.each([
  ['hello', ['the body must be a JSON object']],
  [{customer: ''}, ['customer must be a text of 1 to 200 characters']],
  [{lines: []}, ['lines must be a list of 1 to 100']],
  [{customer: 1, lines: 'tea'}, ['customer must be a text of 1 to 200 characters', 'lines must be a list of 1 to 100']],
  [
    {lines: [null, {sku: 'tea', quantity: 1.5}]},
    [
      'lines[0].sku must be a text of 1 to 200 characters',
      'lines[0].quantity must be a whole number of at least 1',
      'lines[1].quantity must be a whole number of at least 1',
    ],
  ],
])('refuses the body %j and names every problem', async (body, problems) => {
  expect(await putting(body)).toMatchObject({status: 400, body: {title: 'Not an order', problems}});
  expect(dynamodb.rows.size).toBe(0);
});

it('refuses an id that it would not give back', async () => {
  const event = {...put, pathParameters: {id: 'a b'}};
  expect((await ask(event)).body.problems).toEqual(['the id in the path must be 1 to 64 letters, digits, _ or -']);
});

it('takes the request id where the correlation id could not stand in a log line', async () => {
  const answer = await ask({...put, headers: {'x-correlation-id': 'a\nb'}});
  expect(answer.headers).toMatchObject({'x-correlation-id': 'JKJaXmPLvHcESHA='});
});

it('throws what it is denied, so that the API answers 500', async () => {
  dynamodb.denied.add('PutItem');
  await expect(ask(put)).rejects.toThrow('not authorized to perform: dynamodb:PutItem');
});

function readEvent(name: string): APIGatewayProxyEventV2 {
  return JSON.parse(readFileSync(new URL(`../events/${name}.json`, import.meta.url), 'utf8'));
}
