import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {templates} from '../../src/scaffold/templates.ts';
import {LegacySystem} from '../drives/legacy-system.ts';
import {type OrchestrationClient, orchestrationClient, order, sign} from '../drives/orchestration-client.ts';
import {isThorough} from '../templates/variants.ts';
import {type Clients, depth, eventually, ServiceUnderTest} from './service.ts';

const {queues, languages} = templates.find(({name}) => name === 'orchestration')!;

describe.each(queues.flatMap(queue => languages.filter(isThorough).map(language => ({queue, language}))))(
  'the orchestration service in $language with $queue as its queue on the embedded AWS',
  {timeout: 90_000},
  ({queue, language}) => lifeOf(language as 'typescript', queue),
);

/** One service each: the tests are the days of its life, in order. */
function lifeOf(language: 'typescript' | 'python', queue: string): void {
  const service = new ServiceUnderTest(language, {template: 'orchestration', queue});
  const legacy = new LegacySystem();
  let clients: Clients;
  let client: OrchestrationClient;
  let legacyUrl: string;

  beforeAll(async () => {
    legacyUrl = await legacy.start();
    await service.create();
    if (queue === 'sqs')
      service.edit(template => template.replace('FIRST_DELAY_SECONDS: "2"', 'FIRST_DELAY_SECONDS: "1"'));
    expect(await service.deploy(`LegacyUrl=${legacyUrl}`)).toMatchObject({changed: true, status: 'CREATE_COMPLETE'});
    clients = await service.clients();
    client = await orchestrationClient(clients, service.outputs);
  }, 120_000);
  afterAll(async () => {
    await service.remove();
    await legacy.stop();
  });

  const post: OrchestrationClient['post'] = (...request) => client.post(...request);
  const accepted: OrchestrationClient['accepted'] = (...request) => client.accepted(...request);
  const status: OrchestrationClient['status'] = (...request) => client.status(...request);
  const ended = (requestId: string, wanted: string) =>
    eventually(
      () => status(requestId),
      answer => answer.status === wanted,
    );
  const quarantined = async () => {
    const {Items = []} = await clients.table.scan({TableName: service.outputs.QuarantineTableName!});
    return Items;
  };

  test('an order that is accepted is placed, and its state can be asked for', async () => {
    const requestId = await accepted(order(), {'x-correlation-id': 'trace-1'});
    expect(await ended(requestId, 'DONE')).toMatchObject({
      code: 200,
      correlationId: 'trace-1',
      attempts: 1,
      result: {reference: `L-${requestId}`},
    });
    expect(legacy.orders.get(requestId)).toEqual([
      {CUST_NO: 'ACME-1', PROD_CD: 'SIM-CARD', QTY: 2, REMARK: '', EXT_REF: requestId, correlation: 'trace-1'},
    ]);
  });

  test('nothing of what is refused at the door is saved or queued', async () => {
    const before = (await clients.table.scan({TableName: service.outputs.RequestTableName!})).Count;
    const forged = sign('client-1', 'another key');
    expect((await post(order(), {authorization: `Bearer ${forged}`})).status).toBe(401);
    expect((await post(order(), {authorization: ''})).status).toBe(401);
    expect((await post('{"customer": ')).status).toBe(400);
    const answer = await post({...order(), quantity: 0, colour: 'red'});
    expect([answer.status, await answer.json()]).toEqual([
      400,
      {error: 'BadRequest', problems: ['"colour" is not known', 'quantity is not a whole number from 1 to 1000']},
    ]);
    expect((await clients.table.scan({TableName: service.outputs.RequestTableName!})).Count).toBe(before);
  });

  test('a request that is repeated with its idempotency key is the same request', async () => {
    const key = {'idempotency-key': 'once'};
    const requestId = await accepted(order(), key);
    expect(await accepted(order(), key)).toBe(requestId);
    await ended(requestId, 'DONE');
    expect(await accepted(order(), key)).toBe(requestId);
    expect((await post({...order(), quantity: 3}, key)).status).toBe(409);
    expect(legacy.orders.get(requestId)).toHaveLength(1);
  });

  test('the state of a request is told to nobody else', async () => {
    const requestId = await accepted(order());
    expect((await status(requestId, '')).code).toBe(401);
    const other = await orchestrationClient(clients, service.outputs, 'client-2');
    expect((await other.status(requestId)).code).toBe(404);
  });

  test('an order that the legacy system refuses fails at once, with the reason', async () => {
    const requestId = await accepted(order('reject'));
    expect(await ended(requestId, 'FAILED')).toMatchObject({
      attempts: 1,
      cause: {name: 'Rejected', message: 'The legacy system answers 422: {"error":"reject"}'},
    });
    expect(await quarantined()).toEqual([]);
  });

  test('an order that fails twice is placed in the end', async () => {
    const requestId = await accepted(order('twice'));
    expect(await ended(requestId, 'DONE')).toMatchObject({attempts: 3});
    expect(legacy.orders.get(requestId)).toHaveLength(3);
  });

  test('one bad record among a hundred is quarantined with its cause, and the others are done', async () => {
    const requests = await severalAtOnce(100, index => accepted(order(index === 40 ? 'down' : '')));
    const bad = requests[40]!;
    const good = requests.filter(requestId => requestId !== bad);
    for (const requestId of good) await ended(requestId, 'DONE');
    expect(await ended(bad, 'FAILED')).toMatchObject({
      cause: {name: 'Unavailable', message: 'The legacy system answers 503: {"error":"down"}'},
    });
    const records = await eventually(quarantined, found => found.length > 0);
    expect(records).toMatchObject([{requestId: bad, cause: {name: 'Unavailable'}, record: expect.anything()}]);
    // A stream's batch is split before its record is alone, and that counts as no retry.
    expect(records[0]!.attempts).toBeGreaterThanOrEqual(queue === 'sqs' ? 5 : 4);
    expect(records[0]!.attempts).toBeLessThanOrEqual(queue === 'sqs' ? 5 : 9);
    expect(JSON.stringify(records)).toContain('ciphertext');
    expect(JSON.stringify(records)).not.toContain('ACME');
    for (const requestId of good) expect([requestId, legacy.orders.get(requestId)?.length]).toEqual([requestId, 1]);
    for (const [name, url] of Object.entries(service.outputs))
      if (name.endsWith('QueueUrl'))
        await eventually(
          () => depth(clients, url),
          count => count === 0,
        );
  });

  test('what was quarantined while the legacy system was down is replayed when it is up, once', async () => {
    const failed = ['replay', '--local', '--json', '--status', 'FAILED', '--filter', 'cause.name=Unavailable'];
    const {Items = []} = await clients.table.scan({TableName: service.outputs.QuarantineTableName!});
    const {requestId} = Items[0] as {requestId: string};
    const attempts = legacy.orders.get(requestId)!.length;
    legacy.isMended = true;
    expect((await service.gear(...failed, '--dry-run')).json()).toMatchObject({replayed: 1, failed: 0});
    expect(await status(requestId)).toMatchObject({status: 'FAILED'});
    expect((await service.gear(...failed)).json()).toMatchObject({replayed: 1, failed: 0});
    expect(await ended(requestId, 'DONE')).toMatchObject({result: {reference: `L-${requestId}`}});
    expect((await service.gear(...failed)).json()).toMatchObject({replayed: 0, failed: 0});
    expect(legacy.orders.get(requestId)).toHaveLength(attempts + 1);
    legacy.isMended = false;
  });

  test('a request that waited too long expires, and is not placed', async () => {
    // As accept wrote it an hour ago; the time to live has not removed it yet.
    service.edit(template => template.replace('TIME_TO_LIVE_SECONDS: "3600"', 'TIME_TO_LIVE_SECONDS: "1"'));
    service.edit(template =>
      template.replace(
        'FunctionName: !Ref ProcessFunction\n',
        'FunctionName: !Ref ProcessFunction\n      Enabled: false\n',
      ),
    );
    await service.deploy(`LegacyUrl=${legacyUrl}`);
    const requestId = await accepted(order());
    await ended(requestId, 'EXPIRED');
    service.edit(template => template.replace('      Enabled: false\n', ''));
    await service.deploy(`LegacyUrl=${legacyUrl}`);
    await eventually(
      async () => (await clients.table.get({TableName: service.outputs.RequestTableName!, Key: {requestId}})).Item,
      // Or the time to live was quicker.
      row => row === undefined || row.status === 'EXPIRED',
    );
    expect(legacy.orders.get(requestId)).toBeUndefined();
  });

  test('the run used every statement that the roles grant, and asked for nothing else', async () => {
    expect(await service.usage()).toEqual({functions: 4, unused: [], denied: []});
  });

  test('the audit of what is deployed finds nothing', async () => {
    const run = await service.gear('audit', '--local', '--json');
    expect(run.json()).toMatchObject({summary: {functions: 4}, findings: []});
    expect(run.exitCode).toBe(0);
  });
}

/** Five at once: each that is on its way has an execution environment of its own, which this machine must start. */
async function severalAtOnce(count: number, send: (index: number) => Promise<string>): Promise<string[]> {
  const sent: string[] = [];
  const left = Array.from({length: count}, (_, index) => index).values();
  const lane = async () => {
    for (const index of left) sent[index] = await send(index);
  };
  await Promise.all(Array.from({length: 5}, lane));
  return sent;
}
