import {expect} from 'vitest';
import {depth} from '../e2e/service.ts';
import {itemsOf} from './look.ts';
import type {Stage} from './stage.ts';

/** A run that fails is tried again and then reported; the next hour's run is remembered. */
export async function driveScheduled({outputs, clients, forward, until}: Stage): Promise<void> {
  const {JobFunctionName, RunTableName, FailureQueueUrl} = outputs;
  await clients.lambda.invoke({FunctionName: JobFunctionName!, InvocationType: 'Event', Payload: '{}'});
  // In small steps, so that the event does not grow older than an hour while an attempt is at work.
  await until(
    async () => {
      await forward('+5s');
      return depth(clients, FailureQueueUrl!);
    },
    count => count === 1,
  );
  const {Messages = []} = await clients.sqs.receiveMessage({QueueUrl: FailureQueueUrl!});
  expect(JSON.parse(Messages[0]!.Body!)).toMatchObject({
    requestContext: {condition: 'RetriesExhausted', approximateInvokeCount: 3},
    requestPayload: {},
    responsePayload: {errorMessage: expect.stringContaining('The event has no scheduledTime')},
  });
  await forward('+1h');
  const [run] = await until(
    () => itemsOf(clients, RunTableName!),
    items => items.length === 1,
  );
  expect(run).toMatchObject({id: 'last-run', result: {minutes: 60}});
}
