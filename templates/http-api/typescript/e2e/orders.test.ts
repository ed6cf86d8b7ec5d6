import {afterAll, beforeAll, expect, it} from 'vitest';
import {deployLocally, type LocalService} from './local-service.ts';

let service: LocalService;

beforeAll(async () => {
  service = await deployLocally();
});
afterAll(() => service?.remove());

const order = {customer: 'Ada', lines: [{sku: 'tea', quantity: 2}]};

it('answers 404 to what is not there', async () => {
  // The first request of all starts the function.
  const answer = await service.until(
    () => ask('order-1', 'GET'),
    ({status}) => status < 500,
  );
  expect(answer).toMatchObject({status: 404, body: {title: 'No such order'}});
});

it('gives back an order that was put, with the correlation id of its client', async () => {
  expect(await ask('order-17', 'PUT', order)).toMatchObject({status: 201, body: {id: 'order-17', ...order}});
  expect(await ask('order-17', 'GET')).toEqual({
    status: 200,
    correlationId: 'checkout-4711',
    body: {id: 'order-17', ...order},
  });
});

it('says what is wrong with an order, and keeps nothing of it', async () => {
  expect(await ask('order-18', 'PUT', {...order, customer: ''})).toMatchObject({
    status: 400,
    body: {problems: ['customer must be a text of 1 to 200 characters']},
  });
  expect(await ask('order-18', 'GET')).toMatchObject({status: 404});
});

it('needs every permission that its roles grant, and no other', async () => {
  expect(await service.permissions()).toEqual({denied: [], unused: []});
});

async function ask(id: string, method: string, body?: object) {
  const response = await fetch(`${service.output('ApiUrl')}/orders/${id}`, {
    method,
    headers: {'x-correlation-id': 'checkout-4711'},
    ...(body === undefined ? {} : {body: JSON.stringify(body)}),
  });
  return {
    status: response.status,
    correlationId: response.headers.get('x-correlation-id'),
    body: await response.json(),
  };
}
