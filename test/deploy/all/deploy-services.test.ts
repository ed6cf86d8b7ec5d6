import {describe, expect, test} from 'vitest';
import {parseTemplate} from '../../../src/cloudformation/parse.ts';
import {deployServices} from '../../../src/deploy/all/deploy-services.ts';
import {planHash} from '../../../src/deploy/all/plan-hash.ts';
import type {ServiceNode} from '../../../src/deploy/all/service-graph.ts';
import type {Review} from '../../../src/deploy/review/review.ts';
import {GearError} from '../../../src/errors.ts';
import {outputReferences} from '../../../src/project/output-reference.ts';
import type {Project} from '../../../src/project/read-project.ts';

interface Stand {
  /** By service, the outputs of the stacks that stand. */
  readonly stacks?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What a deployment makes of the outputs. */
  readonly makes?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly unchanged?: readonly string[];
  readonly unprepared?: readonly string[];
  readonly failing?: readonly string[];
  readonly refused?: readonly string[];
  readonly planOnly?: boolean;
  /** What a service that takes an output widens, when it takes it. */
  readonly more?: readonly string[];
  readonly answer?: 'keep';
  readonly concurrency?: number;
  /** Services that an earlier run has planned, with the outputs of `stacks`. */
  readonly planned?: readonly string[];
  /** What of a service is not as it was then. */
  readonly since?: readonly string[];
  readonly undeletable?: boolean;
}

/** Deploys services that are written as gear.yaml's `parameters` and `dependsOn`, and notes what happened in which order. */
async function deploy(services: Readonly<Record<string, readonly string[]>>, stand: Stand = {}) {
  const log: string[] = [];
  const nodes = Object.entries(services).map(([service, waits]) => node(service, waits));
  let running = 0;
  let most = 0;
  const outcomes = await deployServices(
    nodes,
    nodes.map(({project}) => project),
    {
      outputs: async ({service}) => stand.stacks?.[service],
      async package({service}) {
        await turn();
        if (stand.unprepared?.includes(service)) throw new Error(`${service} does not bundle`);
        return {template: parseTemplate('{}', service), packages: [], included: [], nested: []};
      },
      draft: async ({service}) => ({...nothing, hash: service}),
      changedSince: async () => stand.since ?? [],
      kept: async ({service}) =>
        stand.planned?.includes(service)
          ? [
              {
                run: 'gear-1',
                review: reviewOf(service, []),
                parameters: {P0: stand.stacks?.orders?.Arn ?? ''},
                async execute() {
                  log.push(`execute the plan of ${service}`);
                  if (stand.failing?.includes(service)) throw new Error(`${service} failed`);
                  const outputs = stand.makes?.[service] ?? {};
                  return {stackId: service, status: 'UPDATE_COMPLETE', outputs, changed: true};
                },
                async discard() {
                  log.push(`discard the plan of ${service}`);
                  if (stand.undeletable) throw new Error('not allowed');
                },
              },
            ]
          : [],
      async deploy({service}, _, parameters, approve) {
        const given = Object.values(parameters).join();
        log.push(`prepare ${service}${given === '' ? '' : ` with ${given}`}`);
        await turn();
        const outputs = stand.makes?.[service] ?? stand.stacks?.[service] ?? {};
        const stack = {stackId: service, status: 'UPDATE_COMPLETE', outputs};
        if (stand.unchanged?.includes(service)) return {...stack, changed: false};
        const decision = await approve(reviewOf(service, given === '' ? [] : (stand.more ?? [])));
        if (decision === 'keep') {
          log.push(`keep ${service}`);
          return {...stack, changed: false};
        }
        if (!decision) {
          log.push(`discard ${service}`);
          if (stand.undeletable) throw new Error('not allowed');
          throw new GearError('not approved', {code: 'NOT_APPROVED'});
        }
        log.push(`execute ${service}`);
        running++;
        most = Math.max(most, running);
        await turn();
        running--;
        if (stand.failing?.includes(service)) throw new Error(`${service} failed`);
        return {...stack, changed: true};
      },
    },
    {
      concurrency: stand.concurrency ?? 4,
      planOnly: stand.planOnly ?? false,
      planHash: stand.planned && planHash(nodes, new Map(stand.planned.map(service => [service, service]))),
      signal: new AbortController().signal,
      async approve(reviews, later, beyond = []) {
        const names = reviews.map(({service}) => service);
        log.push(
          `ask ${names.join(' ')}${beyond.length === 0 ? '' : `: ${beyond.join()}`}${later.length === 0 ? '' : `, later ${later.map(each => each.service).join(' ')}`}`,
        );
        return stand.answer ?? !names.some(name => stand.refused?.includes(name));
      },
      onOutcome: () => {},
      onLeft: (service, error) => log.push(`left ${service}: ${(error as Error).message}`),
    },
  );
  return {
    log,
    most,
    ends: outcomes.map(
      outcome => `${outcome.service} ${outcome.status}${'because' in outcome ? ` for ${outcome.because}` : ''}`,
    ),
  };
}

function node(service: string, waits: readonly string[]): ServiceNode {
  const taken = waits.filter(wait => wait.includes('.'));
  const parameters = Object.fromEntries(taken.map((wait, index) => [`P${index}`, `\${${wait}}`]));
  const dependsOn = waits.filter(wait => !wait.includes('.'));
  const project: Project = {service, stack: service, folder: `/${service}`, template: '', parameters, dependsOn};
  const from = Object.values(parameters).flatMap(value => outputReferences(value).map(each => each.service));
  return {project, waitsFor: [...dependsOn, ...from]};
}

const nothing = {changes: [], permissions: [], atRisk: []};

function reviewOf(service: string, changed: readonly string[]): Review {
  const changes = changed.map(logicalId => ({
    action: 'Modify',
    logicalId,
    resourceType: '',
    replacement: undefined,
    properties: [],
  }));
  return {...nothing, changes, changeSet: service, stackId: service, sizes: [], hash: service};
}

const turn = () => new Promise(resolve => setImmediate(resolve));

describe('several services', () => {
  test('are all prepared and asked for before the first is executed', async () => {
    const stacks = {orders: {Arn: 'a'}, billing: {}};
    expect(await deploy({orders: [], billing: ['orders.Arn']}, {stacks})).toMatchObject({
      log: ['prepare orders', 'prepare billing with a', 'ask orders billing', 'execute orders', 'execute billing'],
      ends: ['orders deployed', 'billing deployed'],
    });
  });

  test('wait for outputs that are not there, and are asked for with the others', async () => {
    expect(await deploy({orders: [], billing: ['orders.Arn']}, {makes: {orders: {Arn: 'a'}}})).toMatchObject({
      log: [
        'prepare orders',
        'ask orders, later billing',
        'execute orders',
        'prepare billing with a',
        'execute billing',
      ],
    });
  });

  test('are asked for again when they change more than was to be seen', async () => {
    const {log} = await deploy(
      {orders: [], billing: ['orders.Arn']},
      {makes: {orders: {Arn: 'a'}}, more: ['Invoices']},
    );
    expect(log.slice(3)).toEqual(['prepare billing with a', 'ask billing: Modify Invoices', 'execute billing']);
  });

  test('are prepared again when an output came out differently', async () => {
    const stand = {stacks: {orders: {Arn: 'a'}}, makes: {orders: {Arn: 'b'}}};
    const {log} = await deploy({orders: [], billing: ['orders.Arn']}, stand);
    expect(log.slice(2)).toEqual([
      'ask orders billing',
      'execute orders',
      'discard billing',
      'prepare billing with b',
      'execute billing',
    ]);
  });

  test('are not executed, none of them, when one that waits for another cannot be packaged', async () => {
    expect(await deploy({orders: [], billing: ['orders.Arn']}, {unprepared: ['billing']})).toMatchObject({
      log: ['prepare orders', 'discard orders'],
      ends: ['orders skipped for billing', 'billing failed'],
    });
  });

  test('are left for a later run when there is nobody to ask', async () => {
    expect(await deploy({orders: [], mailer: []}, {answer: 'keep'})).toMatchObject({
      log: ['prepare orders', 'prepare mailer', 'ask orders mailer', 'keep orders', 'keep mailer'],
      ends: ['orders planned', 'mailer planned'],
    });
  });

  test('are not executed, none of them, when one cannot be prepared', async () => {
    expect(await deploy({orders: [], mailer: []}, {unprepared: ['mailer']})).toMatchObject({
      log: ['prepare orders', 'discard orders'],
      ends: ['orders skipped for mailer', 'mailer failed'],
    });
  });

  test('are skipped behind one that fails, and the others go on', async () => {
    const services = {orders: [], billing: ['orders'], invoices: ['billing'], mailer: []};
    const stacks = {orders: {}, billing: {}, invoices: {}, mailer: {}};
    expect(await deploy(services, {stacks, failing: ['orders']})).toMatchObject({
      log: expect.arrayContaining(['discard billing', 'discard invoices']),
      ends: ['orders failed', 'billing skipped for orders', 'invoices skipped for orders', 'mailer deployed'],
    });
  });

  test('are taken back when they are not approved', async () => {
    expect(await deploy({orders: [], mailer: []}, {refused: ['mailer']})).toMatchObject({
      log: ['prepare orders', 'prepare mailer', 'ask orders mailer', 'discard orders', 'discard mailer'],
      ends: ['orders not-approved', 'mailer not-approved'],
    });
  });

  test('are not asked for when nothing changes', async () => {
    expect(await deploy({orders: [], mailer: []}, {unchanged: ['orders', 'mailer']})).toMatchObject({
      log: ['prepare orders', 'prepare mailer'],
      ends: ['orders unchanged', 'mailer unchanged'],
    });
  });

  test('are only shown with a plan', async () => {
    expect(await deploy({orders: [], billing: ['orders.Arn']}, {planOnly: true})).toMatchObject({
      log: ['prepare orders', 'keep orders'],
      ends: ['orders planned', 'billing unknown'],
    });
  });

  test('that were planned earlier are asked for again when they are prepared anew and have changed since', async () => {
    const stand = {stacks: {orders: {Arn: 'a'}}, makes: {orders: {Arn: 'b'}}, since: ['Save is not what was planned']};
    for (const planned of [['orders', 'billing'], ['orders']]) {
      const {log} = await deploy({orders: [], billing: ['orders.Arn']}, {...stand, planned});
      expect(log).toContain('execute the plan of orders');
      expect(log.slice(-2)).toEqual(['ask billing: Save is not what was planned', 'execute billing']);
    }
  });

  test('end as they did when what is left of a plan cannot be taken back', async () => {
    const stacks = {orders: {}, billing: {}, mailer: {}};
    const stand = {stacks, planned: ['orders', 'mailer'], failing: ['orders'], undeletable: true};
    const {log, ends} = await deploy({orders: [], mailer: ['orders']}, stand);
    expect(log).toEqual([
      'ask orders mailer',
      'execute the plan of orders',
      'discard the plan of mailer',
      'left mailer: not allowed',
    ]);
    expect(ends).toEqual(['orders failed', 'mailer skipped for orders']);
  });

  test('that cannot be taken back are told, and nothing else changes', async () => {
    const {log, ends} = await deploy({orders: [], mailer: []}, {refused: ['mailer'], undeletable: true});
    expect(log.slice(-2)).toEqual(['left orders: not allowed', 'left mailer: not allowed']);
    expect(ends).toEqual(['orders not-approved', 'mailer not-approved']);
    const stand = {stacks: {orders: {Arn: 'a'}}, makes: {orders: {Arn: 'b'}}, undeletable: true};
    const again = await deploy({orders: [], billing: ['orders.Arn']}, stand);
    expect(again.log).toContain('left billing: not allowed');
    expect(again.ends).toEqual(['orders deployed', 'billing deployed']);
  });

  test('run as many at once as was asked for', async () => {
    const services = {a: [], b: [], c: [], d: [], e: []};
    expect((await deploy(services, {concurrency: 2})).most).toBe(2);
    expect((await deploy(services)).most).toBe(4);
  });

  test('fail when a stack has no such output after all', async () => {
    const {ends} = await deploy({orders: [], billing: ['orders.Arn']});
    expect(ends).toEqual(['orders deployed', 'billing failed']);
  });
});
