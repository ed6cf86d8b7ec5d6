import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';
import {afterEach, beforeEach, expect, it} from 'vitest';
import {openOrders, startDynamodb} from './orders.ts';

let orders: Awaited<ReturnType<typeof openOrders>>;
beforeEach(async () => {
  orders = await openOrders();
});
afterEach(() => orders.bench.close());

const writer = fileURLToPath(new URL('order-writer.ts', import.meta.url));

it('loses no acknowledged item and no index entry when the process is killed', async () => {
  const {bench, call} = orders;
  const child = spawn(process.execPath, [writer, bench.folder], {stdio: ['ignore', 'pipe', 'inherit']});
  let acknowledged = 0;
  let text = '';
  for await (const chunk of child.stdout) {
    text += chunk;
    acknowledged = Number(text.slice(0, text.lastIndexOf('\n')).split('\n').at(-1));
    if (acknowledged > 200) break;
  }
  child.kill('SIGKILL');
  await once(child, 'exit');
  bench.services.get('dynamodb')?.close?.();
  startDynamodb(bench);
  const {Count} = await call('Scan', {Select: 'COUNT'});
  expect(Count).toBeGreaterThanOrEqual(acknowledged);
  expect(await call('Scan', {Select: 'COUNT', IndexName: 'by-state'})).toMatchObject({Count});
});

it('writes an item and the record of it in its stream together, or neither', async () => {
  const {bench, call} = orders;
  const {TableDescription} = await call<{TableDescription: {LatestStreamArn: string}}>('UpdateTable', {
    StreamSpecification: {StreamEnabled: true, StreamViewType: 'KEYS_ONLY'},
  });
  const child = spawn(process.execPath, [writer, bench.folder], {stdio: ['ignore', 'pipe', 'inherit']});
  let text = '';
  for await (const chunk of child.stdout) {
    text += chunk;
    if (text.split('\n').length > 100) break;
  }
  child.kill('SIGKILL');
  await once(child, 'exit');
  bench.services.get('dynamodb')?.close?.();
  const {store} = startDynamodb(bench);
  const {Count} = await call('Scan', {Select: 'COUNT'});
  const records = store.items.streamLog.read(TableDescription.LatestStreamArn, 0, {horizon: 0, limit: -1});
  expect(records.length).toBeGreaterThanOrEqual(100);
  expect(records).toHaveLength(Count as number);
});

it('drops what a table left behind whose deletion was interrupted', async () => {
  const {bench, call} = orders;
  await call('PutItem', {Item: {customer: {S: 'ann'}, number: {N: '1'}, state: {S: 'PAID'}}});
  const {store} = startDynamodb(bench);
  expect(store.items.spaces()).toHaveLength(2);
  store.tables.delete('orders');
  bench.services.get('dynamodb')?.close?.();
  expect(startDynamodb(bench).store.items.spaces()).toEqual([]);
});
