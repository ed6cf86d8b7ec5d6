import {expect, test} from 'vitest';
import {destroyServices} from '../../../src/deploy/all/destroy-services.ts';
import {dependentsFirst} from '../../../src/deploy/all/service-graph.ts';
import type {DestroyPlan} from '../../../src/deploy/destroy-plan.ts';
import type {DestructionPhase} from '../../../src/deploy/destruction-phase.ts';
import type {Project} from '../../../src/project/read-project.ts';

interface Stand {
  readonly absent?: readonly string[];
  readonly protected?: readonly string[];
  readonly failing?: readonly string[];
  /** ^C while these are deleted, and how far that had come. */
  readonly interruptedAt?: Readonly<Record<string, DestructionPhase>>;
  readonly planOnly?: boolean;
  readonly answer?: boolean;
}

/** Destroys services that are written with what each one waits for, and notes what happened in which order. */
async function destroy(services: Readonly<Record<string, readonly string[]>>, stand: Stand = {}) {
  const log: string[] = [];
  const interrupt = new AbortController();
  const nodes = Object.entries(services).map(([service, waitsFor]) => {
    const project: Project = {service, stack: service, folder: '', template: '', parameters: {}, dependsOn: waitsFor};
    return {project, waitsFor};
  });
  const outcomes = await destroyServices(dependentsFirst(nodes), {
    concurrency: 4,
    planOnly: stand.planOnly ?? false,
    signal: interrupt.signal,
    async plan({service}, before) {
      log.push(['plan', service, ...before.map(each => `after ${each.service}`)].join(' '));
      if (stand.protected?.includes(service)) throw new Error(`${service} is protected`);
      return stand.absent?.includes(service) ? undefined : planOf(service);
    },
    async confirm(plans) {
      log.push(`ask ${plans.map(({stackName}) => stackName).join(' ')}`);
      return stand.answer ?? true;
    },
    async destroy({service}) {
      log.push(`delete ${service}`);
      if (stand.interruptedAt?.[service]) interrupt.abort();
      interrupt.signal.throwIfAborted();
      if (stand.failing?.includes(service)) throw new Error(`${service} failed`);
      return {retained: [], emptied: []};
    },
    phase: service => stand.interruptedAt?.[service] ?? 'untouched',
  });
  const ends = outcomes.map(outcome =>
    [outcome.service, outcome.status, ...('because' in outcome ? [`for ${outcome.because}`] : [])].join(' '),
  );
  return {log, ends};
}

function planOf(stackName: string): DestroyPlan {
  const nothing = {deleted: [], retained: [], retainedByHand: [], buckets: [], inNetwork: [], exporting: []};
  const unknown = {changed: undefined, protectedTables: [], packages: undefined};
  return {stackId: stackName, stackName, status: 'CREATE_COMPLETE', ...nothing, ...unknown};
}

const chain = {orders: [], billing: ['orders'], mailer: ['billing'], stock: []};

test('all is asked for before the first goes, and each goes behind those that need it', async () => {
  expect((await destroy(chain)).log).toEqual([
    'plan stock',
    'plan mailer',
    'plan billing after mailer',
    'plan orders after mailer after billing',
    'ask stock mailer billing orders',
    'delete stock',
    'delete mailer',
    'delete billing',
    'delete orders',
  ]);
});

test('what is not deployed is not asked for, and nobody waits for it', async () => {
  expect(await destroy(chain, {absent: ['billing', 'stock']})).toMatchObject({
    log: expect.arrayContaining(['ask mailer orders']),
    ends: ['stock absent', 'mailer deleted', 'billing absent', 'orders deleted'],
  });
  expect((await destroy({orders: []}, {absent: ['orders']})).log).toEqual(['plan orders']);
});

test('one that cannot be deleted leaves all of them', async () => {
  const {log, ends} = await destroy(chain, {protected: ['orders']});
  expect(log.filter(line => !line.startsWith('plan'))).toEqual([]);
  expect(ends).toEqual([
    'stock skipped for orders',
    'mailer skipped for orders',
    'billing skipped for orders',
    'orders failed',
  ]);
});

test('a deletion that fails leaves what its service needs, and nothing else', async () => {
  const {ends} = await destroy(chain, {failing: ['billing'], absent: []});
  expect(ends).toEqual(['stock deleted', 'mailer deleted', 'billing failed', 'orders skipped for billing']);
});

test('nothing goes without a confirmation, nor when it is only looked at', async () => {
  const refused = await destroy({orders: [], billing: ['orders']}, {answer: false});
  expect(refused.ends).toEqual(['billing not-confirmed', 'orders not-confirmed']);
  const looked = await destroy({orders: [], billing: ['orders']}, {planOnly: true});
  expect(looked.ends).toEqual(['billing planned', 'orders planned']);
  expect([...refused.log, ...looked.log].filter(line => line.startsWith('delete'))).toEqual([]);
});

test('an interruption tells what goes on from what has not begun', async () => {
  const {ends} = await destroy(chain, {interruptedAt: {stock: 'deleting', mailer: 'emptied'}});
  expect(ends).toEqual(['stock detached', 'mailer interrupted', 'billing interrupted', 'orders interrupted']);
});
