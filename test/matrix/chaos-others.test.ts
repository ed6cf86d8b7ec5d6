import {afterEach, describe, expect, test} from 'vitest';
import {demoFiles} from '../../scripts/demo-files.ts';
import {templates} from '../../src/scaffold/templates.ts';
import {itemsOf} from '../drives/look.ts';
import {depth} from '../e2e/service.ts';
import {type DisorderedService, openDisordered} from './disordered-service.ts';

const seed = process.env.GEAR_CHAOS_SEED ?? '1';
const count = 50;
/** Which of them cannot be done. */
const bad = 7;
/** Every minute of the cloud's time its alarms are looked at. */
const hours = 10;
const ids = Array.from({length: count}, (_, index) => `order-${String(index).padStart(2, '0')}`);

/** Gives a service much to do, and expects each piece of it done: none lost, none done twice. */
type Trial = (service: DisorderedService) => Promise<void>;

const trials: Readonly<Record<string, Trial>> = {
  async ingestion({clients, outputs, until}) {
    const files = demoFiles();
    for (const id of ids)
      await clients.s3.putObject({
        Bucket: outputs.InboxBucketName!,
        Key: `incoming/${id}.json`,
        Body: files[id === ids[bad] ? 'truncated.json' : 'order.json']!,
      });
    await until(
      () => itemsOf(clients, outputs.ObjectTableName!),
      rows => new Set(rows.map(({object}) => object)).size === count,
    );
    await emptied({clients, outputs, until}, ['IngestQueueUrl', 'DeadLetterQueueUrl']);
    const rows = await itemsOf(clients, outputs.ObjectTableName!);
    const [failed, ingested] = [true, false].map(is =>
      rows.filter(row => String(row.record).startsWith('failure') === is),
    );
    expect(failed).toMatchObject([{cause: {name: 'Malformed'}, payload: {key: `incoming/${ids[bad]}.json`}}]);
    expect(ingested!.map(({object}) => String(object).slice(-'order-00.json'.length, -'.json'.length)).sort()).toEqual(
      ids.filter(id => id !== ids[bad]),
    );
    expect(await depth(clients, outputs.ParkingQueueUrl!)).toBe(0);
  },

  async 'queue-worker'({clients, outputs, until}) {
    const send = (MessageBody: string) => clients.sqs.sendMessage({QueueUrl: outputs.OrderQueueUrl!, MessageBody});
    const orders = () => itemsOf(clients, outputs.OrderTableName!);
    for (const [total, id] of ids.entries()) {
      await send(JSON.stringify({id, customer: 'Ada', total}));
      if (total === bad) await send('hello');
    }
    const saved = await until(orders, items => items.length === count);
    expect(saved.sort(byId)).toMatchObject(ids.map((id, total) => ({id, total})));
    // Its sender may send it again.
    for (const id of ids) await send(JSON.stringify({id, customer: 'Ada', total: 99}));
    await emptied({clients, outputs, until}, ['OrderQueueUrl']);
    expect((await orders()).sort(byId)).toEqual(saved);
    expect(await depth(clients, outputs.DeadLetterQueueUrl!)).toBe(1);
  },

  async 'stream-processor'({clients, outputs, until}) {
    const put = (id: string, address: object) =>
      clients.table.put({TableName: outputs.OrderTableName!, Item: {id, status: 'PLACED', ...address}});
    const shipments = () => itemsOf(clients, outputs.ShipmentTableName!);
    for (const [index, id] of ids.entries()) {
      await put(id, {address: `${index} Quay`});
      // Without an address it cannot be shipped.
      if (index === bad) await put('bad', {});
    }
    const shipped = await until(shipments, items => items.length === count);
    expect(shipped.sort(byId)).toMatchObject(ids.map((id, index) => ({id, address: `${index} Quay`})));
    // An order is written again, and once more a new one, which the stream has behind all others.
    for (const id of ids) await put(id, {address: 'elsewhere'});
    await put('order-last', {address: '1 Row Lane'});
    const all = await until(shipments, items => items.length > count);
    expect(all.sort(byId)).toEqual([...shipped, expect.objectContaining({id: 'order-last'})]);
    expect(await depth(clients, outputs.FailureQueueUrl!)).toBe(1);
  },

  async scheduled({clients, outputs, forward, until}) {
    let before: unknown;
    for (let hour = 0; hour < hours; hour++) {
      await forward(3600);
      const [run] = await until(
        () => itemsOf(clients, outputs.RunTableName!),
        ([row]) => row !== undefined && row.scheduledTime !== before,
      );
      // Each run's time begins where that of the one before ended.
      if (before !== undefined) expect(run!.from).toBe(before);
      expect(run).toMatchObject({result: {minutes: 60}});
      before = run!.scheduledTime;
    }
    expect(await depth(clients, outputs.FailureQueueUrl!)).toBe(0);
  },

  async 'http-api'({clients, outputs, forward}) {
    /** As clients do that try again when the service cannot answer. */
    const ask = async (id: string, options: RequestInit = {}) => {
      for (let attempt = 1; ; attempt++) {
        const response = await fetch(`${outputs.ApiUrl}/orders/${id}`, options);
        if (response.status < 500 || attempt === 10) return {status: response.status, body: await response.json()};
        await forward(1);
      }
    };
    for (const [quantity, id] of ids.entries()) {
      const body = JSON.stringify({customer: 'Ada', lines: [{sku: 'tea', quantity: quantity + 1}]});
      expect([200, 201]).toContain((await ask(id, {method: 'PUT', body})).status);
    }
    for (const [quantity, id] of ids.entries())
      expect(await ask(id)).toEqual({
        status: 200,
        body: {id, customer: 'Ada', lines: [{sku: 'tea', quantity: quantity + 1}]},
      });
    expect((await itemsOf(clients, outputs.OrderTableName!)).map(({id}) => id).sort()).toEqual(ids);
  },
};

describe('under a disorder', () => {
  let service: DisorderedService | undefined;
  afterEach(() => service?.close());

  test.each(templates.filter(({name}) => name !== 'orchestration'))(
    '$name loses nothing, and does nothing twice',
    {timeout: 300_000},
    async ({name}) => {
      service = await openDisordered(name, seed);
      await trials[name]!(service);
    },
  );
});

async function emptied(
  {clients, outputs, until}: Pick<DisorderedService, 'clients' | 'outputs' | 'until'>,
  queues: readonly string[],
): Promise<void> {
  await until(
    () => Promise.all(queues.map(queue => depth(clients, outputs[queue]!))),
    counts => counts.every(count => count === 0),
  );
}

function byId(one: Record<string, unknown>, other: Record<string, unknown>): number {
  return String(one.id) < String(other.id) ? -1 : 1;
}
