import {expect} from 'vitest';
import {depth, messages} from '../e2e/service.ts';
import {itemsOf} from './look.ts';
import type {Stage} from './stage.ts';

/** An order comes twice and is saved once; what is no order ends in the dead-letter queue. */
export async function driveQueueWorker({outputs, clients, forward, until}: Stage): Promise<void> {
  const {OrderQueueUrl, DeadLetterQueueUrl, OrderTableName} = outputs;
  const send = (MessageBody: string) =>
    clients.sqs.sendMessage({
      QueueUrl: OrderQueueUrl!,
      MessageBody,
      MessageAttributes: {CorrelationId: {DataType: 'String', StringValue: 'checkout-4711'}},
    });
  const order = {id: 'order-17', customer: 'Ada', total: 12.5};
  await send(JSON.stringify(order));
  await send(JSON.stringify({...order, total: 99}));
  await send('hello');
  await until(
    () => itemsOf(clients, OrderTableName!),
    items => items.length === 1,
  );
  // Only what failed is still there; the other two are done.
  const hidden = () => messages(clients, OrderQueueUrl!, 'ApproximateNumberOfMessagesNotVisible');
  await until(hidden, count => count === 1);
  for (let receive = 1; receive <= 5; receive++) {
    await forward('+61s');
    if (receive < 5) await until(hidden, count => count === 1);
  }
  await until(
    () => depth(clients, DeadLetterQueueUrl!),
    count => count === 1,
  );
  const {Messages = []} = await clients.sqs.receiveMessage({QueueUrl: DeadLetterQueueUrl!});
  expect(Messages.map(({Body}) => Body)).toEqual(['hello']);
  expect(await depth(clients, OrderQueueUrl!)).toBe(0);
  expect(await itemsOf(clients, OrderTableName!)).toMatchObject([
    {id: 'order-17', customer: 'Ada', correlationId: 'checkout-4711'},
  ]);
}
