import {isUnresolved, type Resolvable} from '../../model/resolvable.ts';
import type {CapacityCalls} from './capacity-calls.ts';
import {inBatches} from './in-batches.ts';
import type {Reading} from './reading.ts';

/**
 * Which functions have provisioned concurrency. Lambda sends a metric of each that has, so only those are asked; one
 * that nobody has called for two weeks is not listed there any more, and taken for one without.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-concurrency.html
 */
export async function readProvisioned(
  calls: CapacityCalls,
  functions: readonly string[],
  {attempt}: Reading,
): Promise<(name: string) => Resolvable<boolean>> {
  if (functions.length === 0) return () => false;
  const rule = 'coldstart/*';
  const listed = await attempt(rule, 'the provisioned concurrency', () => calls.functionsProvisioned());
  if (isUnresolved(listed)) return () => listed;
  const here = new Set(functions);
  const asked = await inBatches(
    listed.filter(name => here.has(name)),
    async name => [name, await attempt(rule, name, () => calls.hasProvisionedConcurrency(name))] as const,
  );
  const known = new Map(asked);
  return name => known.get(name) ?? false;
}
