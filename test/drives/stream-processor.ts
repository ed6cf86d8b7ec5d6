import {expect} from 'vitest';
import {depth} from '../e2e/service.ts';
import {itemsOf} from './look.ts';
import type {Stage} from './stage.ts';

/** Orders that are placed are shipped; a bad record ends in the queue of failures and holds nothing up. */
export async function driveStreamProcessor({outputs, clients, forward, until}: Stage): Promise<void> {
  const {OrderTableName, ShipmentTableName, FailureQueueUrl} = outputs;
  const put = (Item: Record<string, string>) => clients.table.put({TableName: OrderTableName!, Item});
  await put({id: 'order-16', status: 'DRAFT'});
  await put({id: 'order-17', status: 'PLACED', address: '12 Row Lane', correlationId: 'checkout-4711'});
  await put({id: 'order-18', status: 'PLACED'});
  await put({id: 'order-19', status: 'PLACED', address: '1 Quay'});
  await until(
    async () => {
      // In small steps, so that the record does not grow older than it may while an attempt is at work.
      await forward('+5s');
      return depth(clients, FailureQueueUrl!);
    },
    count => count === 1,
  );
  const shipments = await until(
    () => itemsOf(clients, ShipmentTableName!),
    items => items.length === 2,
  );
  expect(shipments.sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1))).toMatchObject([
    {id: 'order-17', address: '12 Row Lane', correlationId: 'checkout-4711'},
    {id: 'order-19'},
  ]);
  const {Messages = []} = await clients.sqs.receiveMessage({QueueUrl: FailureQueueUrl!});
  expect(JSON.parse(Messages[0]!.Body!)).toMatchObject({
    requestContext: {condition: 'RetryAttemptsExhausted'},
    DDBStreamBatchInfo: {batchSize: 1},
  });
}
