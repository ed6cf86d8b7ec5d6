import {isUnresolved, type Resolvable} from '../../model/resolvable.ts';
import type {CapacityCalls} from './capacity-calls.ts';
import {inBatches} from './in-batches.ts';
import type {Reading} from './reading.ts';

/**
 * Which functions have provisioned concurrency. Only those are asked that CloudWatch has its metric of: asking all
 * takes a call for each. Lambda sends the metric while something is invoked through it (without traffic the alarms of
 * its auto scaling have no data), and CloudWatch lists it for two weeks. A function whose callers all go past it, or
 * that nobody calls, is taken for one without; `--explain coldstart/bypassed-version` says so.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-concurrency.html
 * https://github.com/neiman-marcus/serverless-provisioned-concurrency-autoscaling/issues/36
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
