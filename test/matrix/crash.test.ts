import {setTimeout} from 'node:timers/promises';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {isThorough} from '../templates/variants.ts';
import {Orchestration, orchestrations} from './orchestration.ts';

const count = 20;
const bad = 10;
const order = {customer: 'ACME-1', product: 'sim-card', quantity: 2};

describe.each(orchestrations.filter(({language}) => isThorough(language)))(
  'a service whose process can crash: $title',
  variant => {
    const service = new Orchestration(variant);
    beforeAll(() => service.open({edit: patient, editTransform: crashing}));
    afterAll(() => service.close());

    test('a request that crashes the function takes no other along', {timeout: 300_000}, async () => {
      await service.enableProcess(false);
      const orders = Array.from({length: count}, (_, index) => ({...order, ...(index === bad ? {note: 'crash'} : {})}));
      const requestIds = await service.submit(orders, index => `order-${index}`);
      await service.enableProcess(true);
      await service.ended(requestIds, 1800);
      await service.emptied(1800);

      const badId = requestIds[bad]!;
      const cause = {name: 'Unfinished'};
      const requests = await service.requests(requestIds);
      expect(requests).toMatchObject(
        requestIds.map(requestId =>
          requestId === badId ? {requestId, status: 'FAILED', cause} : {requestId, status: 'DONE'},
        ),
      );
      expect(await service.quarantined()).toMatchObject([{requestId: badId, cause}]);
      expect(service.legacy.effects.size).toBe(count - 1);
    });

    test.skipIf(variant.queue !== 'sqs')(
      'a request that came twice waits while the other invocation works on it',
      {timeout: 300_000},
      async () => {
        await service.enableProcess(false);
        const [legacyAnswers, answer] = gate();
        service.legacy.held = legacyAnswers;
        // A client that repeats itself has a request sent again that nobody took up.
        const [requestId] = await service.submit([{...order, note: 'wait'}], () => 'twice');
        expect(await service.submit([{...order, note: 'wait'}], () => 'twice')).toEqual([requestId]);
        await service.enableProcess(true);
        while (!service.legacy.orders.has(requestId!)) await setTimeout(pace);
        // Long enough for all receives, were it looked at again as often as what failed.
        for (let second = 0; second < 50; second++) {
          await service.forward(1000);
          await setTimeout(pace);
        }
        expect(await service.requests([requestId!])).toMatchObject([{status: 'PROCESSING', attempts: 1}]);
        answer();
        await service.ended([requestId!], 300);
        await service.emptied(300);
        expect(await service.requests([requestId!])).toMatchObject([{status: 'DONE', attempts: 1}]);
        expect((await service.quarantined()).filter(record => record.requestId === requestId)).toEqual([]);
      },
    );
  },
);

const pace = 50;

/** The legacy system may take a minute, and the claim lasts as long as the invocation that has it. */
function patient(template: string): string {
  return template
    .replaceAll('Timeout: 15\n', 'Timeout: 60\n')
    .replaceAll('MILLISECONDS: "5000"', 'MILLISECONDS: "50000"')
    .replaceAll('LEASE_SECONDS: "15"', 'LEASE_SECONDS: "60"');
}

/** A bug that ends the whole process, as running out of memory does. */
function crashing(source: string): string {
  const edited = source
    .replace(/(LegacyOrder \{\n)( {2}return \{CUST_NO)/, "$1  if (note === 'crash') process.exit(1);\n$2")
    .replace(/(-> LegacyOrder:\n)/, '$1    if order.get("note") == "crash":\n        __import__("os")._exit(1)\n');
  expect(edited).not.toBe(source);
  return edited;
}

function gate(): [opened: Promise<void>, open: () => void] {
  const {promise, resolve} = Promise.withResolvers<void>();
  return [promise, resolve];
}
