import {beforeEach, describe, expect, it} from 'vitest';
import {circuitBreaker} from '../src/functions/process/circuit-breaker.ts';
import {type Processing, processRequest} from '../src/functions/process/process-request.ts';
import type {RequestTable} from '../src/functions/process/request-table.ts';
import type {LegacyOrder} from '../src/functions/process/transform.ts';
import {Rejected, Unavailable} from '../src/lib/failure.ts';
import type {QueuedRequest} from '../src/lib/request-row.ts';
import {order, silent} from './requests.ts';

const calls: string[] = [];
let claim: Awaited<ReturnType<RequestTable['claim']>>;
let legacy: (order: LegacyOrder) => Promise<Record<string, unknown>>;

const processing: Processing = {
  ...silent,
  service: 'gear-service-name',
  table: {
    claim: async () => claim,
    release: async (_, owner, {name}) => void calls.push(`released by ${owner}: ${name}`),
    end: async (_, {status}) => void calls.push(status),
  },
  open: async (_, {service, requestId}) => {
    calls.push(`opened for ${service} ${requestId}`);
    return JSON.stringify(order);
  },
  placeOrder: placed => legacy(placed),
};
const request: QueuedRequest = {
  requestId: 'request-1',
  correlationId: 'c',
  expiresAt: Date.now() / 1000 + 60,
  envelope: {dataKey: '', iv: '', tag: '', ciphertext: ''},
};
const opened = 'opened for gear-service-name request-1';

beforeEach(() => {
  calls.length = 0;
  claim = 'claimed';
  legacy = async () => ({reference: 'L-1'});
});

describe('process', () => {
  it("opens the order and places it in the legacy system's words", async () => {
    let placed: LegacyOrder | undefined;
    legacy = async given => {
      placed = given;
      return {};
    };
    await processRequest(request, 'me', processing);
    expect(placed).toEqual({CUST_NO: 'ACME-1', PROD_CD: 'SIM-CARD', QTY: 2, REMARK: '', EXT_REF: 'request-1'});
    expect(calls).toEqual([opened, 'DONE']);
  });

  it('does not process what waited too long', async () => {
    await processRequest({...request, expiresAt: 1}, 'me', processing);
    expect(calls).toEqual(['EXPIRED']);
  });

  it('does nothing for a request that is at its end', async () => {
    claim = 'ended';
    await processRequest(request, 'me', processing);
    expect(calls).toEqual([]);
  });

  it('leaves a request that another invocation has in hand in the queue', async () => {
    claim = {until: 99};
    const left = expect(processRequest(request, 'me', processing)).rejects;
    await left.toMatchObject({message: 'Another invocation is working on request-1', until: 99});
    expect(calls).toEqual([]);
  });

  it('ends a request that the legacy system refuses', async () => {
    legacy = () => Promise.reject(new Rejected('no such product'));
    await processRequest(request, 'me', processing);
    expect(calls).toEqual([opened, 'FAILED']);
  });

  it('lets go of a request that may succeed later, and leaves it in the queue', async () => {
    legacy = () => Promise.reject(new Unavailable('down'));
    await expect(processRequest(request, 'me', processing)).rejects.toThrow('down');
    expect(calls).toEqual([opened, 'released by me: Unavailable']);
  });
});

describe('the circuit breaker', () => {
  let now = 0;
  const breaker = () => circuitBreaker({failures: 2, openMilliseconds: 1000}, () => now);
  const down = () => Promise.reject(new Unavailable('down'));
  const up = async () => 'up';

  it('opens when different requests fail in a row, and lets one through after a while', async () => {
    const {call} = breaker();
    await expect(call('a', down)).rejects.toThrow('down');
    await expect(call('b', down)).rejects.toThrow('down');
    await expect(call('c', up)).rejects.toThrow('The circuit is open');
    now += 1000;
    const probe = call('c', up);
    await expect(call('d', up)).rejects.toThrow('The circuit is open');
    expect(await probe).toBe('up');
    expect(await call('d', up)).toBe('up');
  });

  it('stays open when the one that was let through fails', async () => {
    const {call} = breaker();
    for (const id of ['a', 'b']) await expect(call(id, down)).rejects.toThrow('down');
    now += 1000;
    await expect(call('c', down)).rejects.toThrow('down');
    await expect(call('d', up)).rejects.toThrow('The circuit is open');
  });

  it('stays closed when one request fails again and again, or is refused', async () => {
    const {call} = breaker();
    for (let time = 0; time < 5; time++) await expect(call('bad', down)).rejects.toThrow('down');
    for (const id of ['a', 'b']) await expect(call(id, () => Promise.reject(new Rejected('no')))).rejects.toThrow('no');
    expect(await call('good', up)).toBe('up');
  });
});
