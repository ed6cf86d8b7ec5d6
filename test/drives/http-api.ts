import {expect} from 'vitest';
import {itemsOf} from './look.ts';
import type {Stage} from './stage.ts';

/** An order is put, put again and read; what is no order is refused. */
export async function driveHttpApi(stage: Stage): Promise<void> {
  const {ApiUrl, OrderTableName} = stage.outputs;
  const url = `${ApiUrl}/orders/order-17`;
  const ask = async (method: string, body?: object | string) => {
    const headers = {'x-correlation-id': 'checkout-4711'};
    const sent = body === undefined ? {} : {body: typeof body === 'string' ? body : JSON.stringify(body)};
    const response = await fetch(url, {method, headers, ...sent});
    await stage.requireAllowed();
    if (response.status < 500) expect(response.headers.get('x-correlation-id')).toBe('checkout-4711');
    return {status: response.status, body: await response.json()};
  };
  const order = {customer: 'Ada', lines: [{sku: 'tea', quantity: 2}]};
  // On a busy machine a cold start can take longer than the function's timeout; clients try again then.
  const first = await stage.until(
    () => ask('GET'),
    ({status}) => status < 500,
  );
  expect(first).toMatchObject({status: 404, body: {title: 'No such order'}});
  expect(await ask('PUT', 'hello')).toMatchObject({
    status: 400,
    body: {problems: ['the body must be a JSON object']},
  });
  expect(await ask('PUT', order)).toEqual({status: 201, body: {id: 'order-17', ...order}});
  expect(await ask('PUT', order)).toMatchObject({status: 200});
  expect(await ask('GET')).toEqual({status: 200, body: {id: 'order-17', ...order}});
  expect((await fetch(`${ApiUrl}/`)).status).toBe(404);
  expect(await itemsOf(stage.clients, OrderTableName!)).toMatchObject([
    {id: 'order-17', correlationId: 'checkout-4711'},
  ]);
}
