import type {DestroyOutcome} from '../deploy/all/destroy-outcome.ts';
import type {RemovedPackages} from '../deploy/remove-packages.ts';
import type {Connected} from './connect.ts';

interface Removal {
  /** By service, where it is deployed to. */
  readonly targets: ReadonlyMap<string, Connected>;
  readonly dryRun: boolean;
}

/** Of the services that are gone, or would be: one after the other, as each looks through all stacks. */
export async function removeAllPackages(
  outcomes: readonly DestroyOutcome[],
  {targets, dryRun}: Removal,
): Promise<readonly RemovedPackages[]> {
  const {artifactBucketName} = await import('../deploy/artifact-bucket.ts');
  const {removePackages} = await import('../deploy/remove-packages.ts');
  const removed: RemovedPackages[] = [];
  for (const outcome of outcomes) {
    const {service} = outcome;
    const {clients, identity} = targets.get(service)!;
    const uploaded =
      'plan' in outcome
        ? outcome.plan.packages
        : outcome.status === 'absent'
          ? {bucket: artifactBucketName(identity), service}
          : undefined;
    if (uploaded !== undefined)
      removed.push(await removePackages(clients, {...uploaded, owner: identity.account, dryRun}));
  }
  return removed;
}
