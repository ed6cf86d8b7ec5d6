import type {CodeStorage} from '../../model/code-storage.ts';
import {isUnresolved, type Resolvable} from '../../model/resolvable.ts';
import type {CapacityCalls} from './capacity-calls.ts';
import {inBatches} from './in-batches.ts';
import type {Reading} from './reading.ts';

interface Capacity {
  /** By the names of functions. */
  readonly reserved: ReadonlyMap<string, Resolvable<number>>;
  readonly codeStorage?: CodeStorage;
}

/**
 * What is reserved for which function is asked only while some of what the account has reserved is not accounted for.
 * So a function that was reserved nothing, which is switched off, is seen only where another has more.
 */
export async function readCapacity(
  calls: CapacityCalls,
  functions: readonly string[],
  {attempt, note, account, region}: Reading,
): Promise<Capacity> {
  const reserved = new Map<string, Resolvable<number>>();
  const settings = await attempt('resilience/*', 'the reserved concurrency', () => calls.accountSettings());
  if (isUnresolved(settings)) {
    const origin = {arn: `arn:aws:iam::${account}:root`, region};
    note({rule: 'size/code-storage-nearly-full', resource: 'the code storage', reason: settings.reason, origin});
    return {reserved};
  }
  let missing = settings.total - settings.unreserved;
  // One group after the other, so that the same account is asked the same each time.
  for (let from = 0; from < functions.length && missing > 0; from += groupSize) {
    await inBatches(functions.slice(from, from + groupSize), async name => {
      const own = await attempt('resilience/*', name, () => calls.reservedConcurrency(name));
      if (own !== undefined) reserved.set(name, own);
      if (typeof own === 'number') missing -= own;
    });
  }
  return {reserved, ...(settings.codeStorage === undefined ? {} : {codeStorage: settings.codeStorage})};
}

const groupSize = 40;
