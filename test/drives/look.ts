import {type Clients, depth} from '../e2e/service.ts';
import type {Stage} from './stage.ts';

/** Everything in a table. */
export async function itemsOf({table}: Clients, TableName: string): Promise<Record<string, unknown>[]> {
  const {Items = []} = await table.scan({TableName, ConsistentRead: true});
  return Items;
}

/** Waits until nothing is in any of the service's queues; what a function did not finish comes back on the way. */
export async function untilQueuesAreEmpty({until, forward, outputs, clients}: Stage): Promise<void> {
  for (const [name, url] of Object.entries(outputs))
    if (name.endsWith('QueueUrl'))
      await until(
        async () => {
          const count = await depth(clients, url);
          if (count > 0) await forward('+5s');
          return count;
        },
        count => count === 0,
      );
}
