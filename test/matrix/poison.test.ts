import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {isThorough} from '../templates/variants.ts';
import {Orchestration, orchestrations, type QuarantineRecord} from './orchestration.ts';

const count = 500;
const bad = 250;

describe.each(orchestrations.filter(({language}) => isThorough(language)))(
  'one bad request among 500: $title',
  variant => {
    const service = new Orchestration(variant);
    beforeAll(() => service.open({edit: patient}));
    afterAll(() => service.close());

    test('499 are done, one is quarantined, and nothing waits longer than the retries that are configured', {
      timeout: 300_000,
    }, async () => {
      // All of them wait, so that the batches are full and the bad one stands among others.
      await service.enableProcess(false);
      const orders = Array.from({length: count}, (_, index) => ({
        customer: 'ACME-1',
        product: 'sim-card',
        quantity: 2,
        // It passes the door, and the legacy system answers 503 whenever it sees it.
        ...(index === bad ? {note: 'down'} : {}),
      }));
      const requestIds = await service.submit(orders, index => `order-${index}`);
      expect(new Set(requestIds).size).toBe(count);
      await service.enableProcess(true);
      const start = service.now();
      const bound = longestWait(service);
      const times = await service.ended(requestIds, bound);
      expect(Math.max(...times.values()) - start).toBeLessThan(bound * 1000);

      const badId = requestIds[bad]!;
      const good = requestIds.filter(requestId => requestId !== badId);
      const requests = await service.requests(requestIds);
      const ends = requests.map(({requestId, status, attempts, cause}) => ({requestId, status, attempts, cause}));
      // A batch in which one fails is tried again, and what is done in it is not done again.
      expect(ends.filter(({requestId}) => requestId !== badId)).toEqual(
        good.map(requestId => ({requestId, status: 'DONE', attempts: 1, cause: undefined})),
      );
      for (const requestId of good)
        expect([requestId, service.legacy.orders.get(requestId)?.length]).toEqual([requestId, 1]);

      await service.emptied(60);
      const cause = {name: 'Unavailable', message: 'The legacy system answers 503: {"error":"down"}'};
      expect(requests.find(({requestId}) => requestId === badId)).toMatchObject({status: 'FAILED', cause});
      const quarantined = await service.quarantined();
      expect(quarantined).toMatchObject([{requestId: badId, cause}]);
      const [{record, attempts}] = quarantined as [QuarantineRecord];
      for (const part of [badId, 'ciphertext']) expect(JSON.stringify(record)).toContain(part);
      expect(attempts).toBeLessThanOrEqual(attemptsOf(service));
      expect(attempts).toBeGreaterThanOrEqual(fewestAttempts(service));
    });
  },
);

/** A slow machine interrupts no attempt; what is measured below is held to the template as it is. */
function patient(template: string): string {
  return template
    .replaceAll('Timeout: 15\n', 'Timeout: 60\n')
    .replaceAll('MILLISECONDS: "5000"', 'MILLISECONDS: "50000"');
}

/** Seconds that may pass until a request has its end, when every attempt takes all the time that it is given. */
function longestWait(service: Orchestration): number {
  const {ProcessFunction, ProcessEvents, RequestQueue, QuarantineFunction} = service.resources;
  const firstDelay = Number(ProcessFunction!.Environment.Variables.FIRST_DELAY_SECONDS ?? 1);
  const attempts = attemptsOf(service);
  const pauses = Array.from({length: RequestQueue === undefined ? ProcessEvents!.MaximumRetryAttempts : attempts});
  const paused = pauses.reduce((sum: number, _, index) => sum + firstDelay * 2 ** index, 0);
  return paused + attempts * ProcessFunction!.Timeout + QuarantineFunction!.Timeout;
}

/** How often a bad request is tried at most. */
function attemptsOf({resources: {ProcessEvents, RequestQueue}}: Orchestration): number {
  if (RequestQueue !== undefined) return RequestQueue.RedrivePolicy.maxReceiveCount;
  // A stream's batch is split until its bad record is alone, and that counts as no retry.
  return 1 + Math.ceil(Math.log2(ProcessEvents!.BatchSize)) + 1 + ProcessEvents!.MaximumRetryAttempts;
}

/** Once among others at least, for on the stream the bad one has to be found. */
function fewestAttempts(service: Orchestration): number {
  const {ProcessEvents, RequestQueue} = service.resources;
  return RequestQueue === undefined ? 2 + ProcessEvents!.MaximumRetryAttempts : attemptsOf(service);
}
