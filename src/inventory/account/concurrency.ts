import {isUnresolved, type Resolvable} from '../../model/resolvable.ts';
import type {CapacityCalls} from './capacity-calls.ts';
import {inBatches} from './in-batches.ts';
import type {Reading} from './reading.ts';

/**
 * What is reserved for which function, asked only while some of what the account has reserved is not accounted for. So
 * a function that was reserved nothing, which is switched off, is seen only where another has more.
 */
export async function readReservedConcurrency(
  calls: CapacityCalls,
  functions: readonly string[],
  {attempt}: Reading,
): Promise<ReadonlyMap<string, Resolvable<number>>> {
  const reserved = new Map<string, Resolvable<number>>();
  const limits = await attempt('resilience/*', 'the reserved concurrency', () => calls.concurrencyOfAccount());
  if (isUnresolved(limits)) return reserved;
  let missing = limits.total - limits.unreserved;
  // One group after the other, so that the same account is asked the same each time.
  for (let from = 0; from < functions.length && missing > 0; from += groupSize) {
    await inBatches(functions.slice(from, from + groupSize), async name => {
      const own = await attempt('resilience/*', name, () => calls.reservedConcurrency(name));
      if (own !== undefined) reserved.set(name, own);
      if (typeof own === 'number') missing -= own;
    });
  }
  return reserved;
}

const groupSize = 40;
