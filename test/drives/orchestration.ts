import {expect} from 'vitest';
import {itemsOf, untilQueuesAreEmpty} from './look.ts';
import {orchestrationClient, order, sign} from './orchestration-client.ts';
import type {Stage} from './stage.ts';

/**
 * An order is placed; one that is refused fails at once; one that fails twice is placed in the end; one that never
 * goes through is quarantined. What has no good token, or is no order, is stopped at the door.
 */
export async function driveOrchestration(stage: Stage): Promise<void> {
  const {outputs, clients, legacy, forward, until} = stage;
  const client = await orchestrationClient(clients, outputs);
  const accepted = async (note?: string) => {
    const response = await client.post(order(note));
    await stage.requireAllowed();
    expect(response.status).toBe(202);
    return ((await response.json()) as {requestId: string}).requestId;
  };
  const ended = (requestId: string, wanted: string) =>
    until(
      async () => {
        const answer = await client.status(requestId);
        // Between two attempts it waits; those who look on do not.
        if (answer.status !== wanted) await forward('+2s');
        return answer;
      },
      answer => answer.status === wanted,
    );

  const forged = {authorization: `Bearer ${sign('client-1', 'another key')}`};
  // On a busy machine a cold start can take longer than the function's timeout; clients try again then.
  const first = await until(
    () => client.post(order(), forged),
    ({status}) => status < 500,
  );
  expect(first.status).toBe(401);
  expect((await client.post('{"customer": ')).status).toBe(400);
  expect(await itemsOf(clients, outputs.RequestTableName!)).toEqual([]);

  const good = await accepted();
  expect(await ended(good, 'DONE')).toMatchObject({code: 200, attempts: 1, result: {reference: `L-${good}`}});
  const rejected = await accepted('reject');
  const late = await accepted('twice');
  const poison = await accepted('down');
  expect(await ended(rejected, 'FAILED')).toMatchObject({attempts: 1, cause: {name: 'Rejected'}});
  expect(await ended(late, 'DONE')).toMatchObject({result: {reference: `L-${late}`}});
  expect(await ended(poison, 'FAILED')).toMatchObject({cause: {name: 'Unavailable'}});
  expect(
    await until(
      () => itemsOf(clients, outputs.QuarantineTableName!),
      records => records.length > 0,
    ),
  ).toMatchObject([{requestId: poison, cause: {name: 'Unavailable'}, record: expect.anything()}]);
  expect([good, rejected, late].map(id => legacy.orders.get(id)?.length)).toEqual([1, 1, 3]);
  await untilQueuesAreEmpty(stage);
}
