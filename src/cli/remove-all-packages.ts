import type {DestroyOutcome} from '../deploy/all/destroy-outcome.ts';
import type {RemovedPackages} from '../deploy/remove-packages.ts';
import {isAborted} from '../errors.ts';
import type {Connected} from './connect.ts';
import {interruptedRemoval} from './remove-afterwards.ts';

interface Removal {
  /** By service, where it is deployed to. */
  readonly targets: ReadonlyMap<string, Connected>;
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
  /** The stacks are gone by then: what goes wrong now must not hide that. */
  onFailure(service: string, error: unknown): void;
}

/** Of the services that are gone, or would be: one after the other, as each looks through all stacks. */
export async function removeAllPackages(
  outcomes: readonly DestroyOutcome[],
  {targets, dryRun, signal, onFailure}: Removal,
): Promise<readonly RemovedPackages[]> {
  const {artifactBucketName} = await import('../deploy/artifact-bucket.ts');
  const {goingStacks} = await import('../deploy/destroy-plan.ts');
  const {removePackages} = await import('../deploy/remove-packages.ts');
  const removed: RemovedPackages[] = [];
  const gone = outcomes.flatMap(outcome => ('plan' in outcome ? goingStacks(outcome.plan) : []));
  for (const outcome of outcomes) {
    const {service, status} = outcome;
    if (status !== 'deleted' && status !== 'planned' && status !== 'absent') continue;
    const {clients, identity} = targets.get(service)!;
    // One without code has its template there.
    const uploaded = ('plan' in outcome ? outcome.plan.packages : undefined) ?? {
      bucket: artifactBucketName(identity),
      service,
    };
    try {
      signal.throwIfAborted();
      removed.push(await removePackages(clients, {...uploaded, owner: identity.account, dryRun, gone, signal}));
    } catch (error) {
      onFailure(service, isAborted(error) ? interruptedRemoval(error) : error);
      if (signal.aborted) break;
    }
  }
  return removed;
}
