import {isUnresolved} from '../../model/resolvable.ts';
import type {Table} from '../../model/table.ts';
import type {CapacityCalls} from './capacity-calls.ts';
import {inBatches} from './in-batches.ts';
import type {Reading} from './reading.ts';

export async function readTables(
  calls: CapacityCalls,
  arns: readonly string[],
  {attempt, region}: Reading,
): Promise<readonly Table[]> {
  const rule = 'resilience/table-without-recovery';
  const tables = await inBatches(arns, async arn => {
    const name = arn.slice(arn.lastIndexOf('/') + 1);
    const pointInTimeRecovery = await attempt(rule, name, () => calls.hasPointInTimeRecovery(name));
    if (pointInTimeRecovery === undefined || isUnresolved(pointInTimeRecovery)) return [];
    // Whether items expire matters only of a table that cannot be brought back.
    const forgets = !pointInTimeRecovery && (await attempt(rule, name, () => calls.itemsExpire(name)));
    return isUnresolved(forgets) ? [] : [{name, arn, forgets, pointInTimeRecovery, origin: {arn, region}}];
  });
  return tables.flat();
}
