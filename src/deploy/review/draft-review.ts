import type {AwsClients} from '../../aws/clients.ts';
import type {AwsIdentity} from '../../aws/identity.ts';
import type {Resolvable} from '../../model/resolvable.ts';
import type {PlannedChange} from '../change-set.ts';
import type {PackagedTemplate} from '../package-template.ts';
import {readStack} from '../read-stack.ts';
import {type DataAtRisk, dataAtRisk} from './data-at-risk.ts';
import {draftStack} from './draft-stack.ts';
import type {PermissionChange} from './permission-changes.ts';
import {reviewHash} from './review-hash.ts';
import type {StackPlace} from './stack-place.ts';

/** What somebody can see of a deployment whose change set cannot be made before another service is deployed. */
export interface DraftReview {
  /** By the templates alone: what is modified may also be replaced, and may stay as it is. */
  readonly changes: readonly PlannedChange[];
  readonly permissions: readonly PermissionChange[];
  /** What is removed; what is replaced only shows in the change set. */
  readonly atRisk: readonly DataAtRisk[];
  readonly place?: StackPlace | undefined;
  /** Over all that is going to be uploaded, the parameters, and what the stacks are now. */
  readonly hash: string;
}

interface DraftOptions {
  readonly service: string;
  readonly stackName: string;
  readonly packaged: PackagedTemplate;
  /** Values that others have to be deployed for are unresolved. */
  readonly parameters: Readonly<Record<string, Resolvable<string>>>;
}

/**
 * The difference between the templates, nested ones under their paths; what hangs on a value that is not known yet
 * counts as changed, and as widened.
 */
export async function draftReview(
  clients: AwsClients,
  identity: AwsIdentity,
  {service, stackName, packaged, parameters}: DraftOptions,
): Promise<DraftReview> {
  const {account, region} = identity;
  const place = {account, region, stackName};
  const stack = await readStack(clients, stackName);
  const {changes, permissions, proposed, bases} = await draftStack(
    clients,
    {identity, service},
    {packaged, stack, place, parameters},
  );
  const hash = reviewHash({stackName, account, region, content: proposed, parameters, changes, permissions, bases});
  return {changes, permissions, atRisk: dataAtRisk(changes), place, hash};
}
