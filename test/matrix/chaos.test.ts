import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type Disorder, seededDisorder} from '../../src/local/disorder.ts';
import {isThorough} from '../templates/variants.ts';
import {Orchestration, orchestrations, type QuarantineRecord} from './orchestration.ts';

/** `GEAR_CHAOS_SEEDS=20` takes many minutes. `GEAR_CHAOS_SEED=7` runs the one that failed. */
const length = Number(process.env.GEAR_CHAOS_SEEDS ?? 1);
const single = process.env.GEAR_CHAOS_SEED;
const seeds = single === undefined ? Array.from({length}, (_, index) => String(index + 1)) : [single];
const requests = 300;
/** Of the cloud's time: a handler that is killed again and again holds its messages as long each time. */
const patienceSeconds = 1800;

describe.each(orchestrations.filter(({language}) => isThorough(language)))('under a disorder: $title', variant => {
  const disorder = changingDisorder();
  const service = new Orchestration(variant);
  beforeAll(() => service.open({disorder, edit: shortLease}));
  afterAll(() => service.close());

  test.each(seeds)('seed %s: every accepted request has one end and one effect', {timeout: 600_000}, async seed => {
    disorder.seed = seed;
    const orders = Array.from({length: requests}, (_, index) => order(index));
    const requestIds = await service.submit(orders, index => `seed-${seed}-${index}`);
    expect(new Set(requestIds).size).toBe(requests);
    await service.ended(requestIds, patienceSeconds);
    await service.emptied(patienceSeconds);
    const quarantined = await service.quarantined();
    const wrong: string[] = [];
    for (const [index, request] of (await service.requests(requestIds)).entries()) {
      const {requestId, status, attempts, cause} = request;
      const {note} = orders[index]!;
      const is = {
        status,
        effects: service.legacy.effects.get(requestId)?.size ?? 0,
        quarantined: recordsOf(quarantined, requestId).length,
      };
      if (JSON.stringify(is) !== JSON.stringify(expected(note)))
        wrong.push(
          `${requestId} ("${note ?? ''}", ${attempts} attempts, ${cause?.name}: ${cause?.message}) ${JSON.stringify(is)}`,
        );
    }
    expect(wrong, `seed ${seed}: GEAR_CHAOS_SEED=${seed} runs it alone`).toEqual([]);
  });
});

/** One cloud for all seeds: each begins where the last one ended. */
function changingDisorder(): {-readonly [Name in keyof Disorder]: Disorder[Name]} {
  let current = seededDisorder('0');
  return {
    get seed() {
      return current.seed;
    },
    set seed(seed) {
      current = seededDisorder(seed);
    },
    repeats: target => current.repeats(target),
    delay: target => current.delay(target),
    throttles: (caller, action) => current.throttles(caller, action),
    kill: functionName => current.kill(functionName),
  };
}

/** The claim of a killed handler ends by the machine's time, and its messages come back by the cloud's, which goes faster. */
function shortLease(template: string): string {
  return template
    .replace('LEASE_SECONDS: "15"', 'LEASE_SECONDS: "1"')
    .replaceAll('_SECONDS: "3600"', '_SECONDS: "86400"');
}

/** A few that the legacy system refuses, has to be asked for again, or never takes. */
function order(index: number) {
  const note = index % 100 === 17 ? 'twice' : index % 100 === 50 ? 'reject' : index === 77 ? 'down' : undefined;
  return {customer: 'ACME-1', product: 'sim-card', quantity: 2, ...(note === undefined ? {} : {note})};
}

function expected(note: string | undefined) {
  if (note === 'reject') return {status: 'FAILED', effects: 0, quarantined: 0};
  if (note === 'down') return {status: 'FAILED', effects: 0, quarantined: 1};
  return {status: 'DONE', effects: 1, quarantined: 0};
}

function recordsOf(quarantined: readonly QuarantineRecord[], requestId: string): readonly QuarantineRecord[] {
  return quarantined.filter(record => record.requestId === requestId);
}
