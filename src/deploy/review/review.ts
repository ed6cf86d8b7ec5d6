import type {AwsClients} from '../../aws/clients.ts';
import {describeAwsError} from '../../aws/describe-aws-error.ts';
import {readTemplate} from '../../cloudformation/read-template.ts';
import {allChanges, type ChangeSet, type PlannedChange} from '../change-set.ts';
import {type DeployedTemplate, readDeployed} from '../read-deployed.ts';
import {readStack} from '../read-stack.ts';
import {type CodeSize, codeSizes} from './code-sizes.ts';
import {type DataAtRisk, dataAtRisk} from './data-at-risk.ts';
import {type PermissionChange, permissionChanges} from './permission-changes.ts';
import {processedTemplate} from './processed-template.ts';
import {reviewHash} from './review-hash.ts';
import {shownValues} from './shown-values.ts';
import {newNestedPlace, placeOf, type StackPlace} from './stack-place.ts';

/** What somebody has to see before a change set is executed. */
export interface Review {
  readonly changeSet: string;
  readonly stackId: string;
  /** Names of this account and region are shown by their ends. */
  readonly place?: StackPlace | undefined;
  readonly changes: readonly PlannedChange[];
  readonly permissions: readonly PermissionChange[];
  readonly atRisk: readonly DataAtRisk[];
  readonly sizes: readonly CodeSize[];
  /** CloudFormation did not give the template of the change set back: permissions are those of what was sent to it. */
  readonly asSent?: true;
  /**
   * Over the change set and all that was reviewed, and over what the stack is now: whoever approves it approves
   * exactly this change to exactly this stack. Sizes are not in it, as they can be asked for on this machine only.
   */
  readonly hash: string;
}

interface ReviewOptions {
  /** Absent for a stack that has to be created. */
  readonly deployed: DeployedTemplate | undefined;
  /** In messages. */
  readonly file: string;
  /** Of the packages that were made for it, by the function's logical ID. */
  readonly packageBytes?: Readonly<Record<string, number>>;
  /** Absent for a change set that another machine has made. */
  readonly sent?: string;
}

export async function reviewChangeSet(
  clients: AwsClients,
  changeSet: ChangeSet,
  {deployed, file, packageBytes = {}, sent}: ReviewOptions,
): Promise<Review> {
  const {id, stackId, parameters} = changeSet;
  const place = placeOf(stackId);
  const own = await comparePermissions(clients, changeSet, {deployed, file, place, sent});
  const {text, asSent, before} = own;
  const nested = await reviewNested(clients, changeSet, place);
  const changes = allChanges(changeSet);
  const permissions = [...own.permissions, ...nested.flatMap(each => each.permissions)];
  const atRisk = dataAtRisk(changes);
  const hash = reviewHash({
    changeSet: id,
    template: text,
    parameters,
    changes,
    permissions,
    base: baseOf(deployed),
    ...(nested.length === 0 ? {} : {nested: nested.map(each => each.reviewed)}),
  });
  const sizes = await codeSizes(clients, changes, packageBytes, before?.template);
  return {changeSet: id, stackId, place, changes, permissions, atRisk, sizes, ...(asSent ? {asSent} : {}), hash};
}

interface Compared extends Pick<ReviewOptions, 'deployed' | 'file'> {
  readonly place: StackPlace | undefined;
  readonly sent?: string | undefined;
}

async function comparePermissions(
  clients: AwsClients,
  {id, stackId, changes, parameters}: ChangeSet,
  {deployed, file, place, sent}: Compared,
) {
  const given = await changeSetTemplate(clients, id, sent !== undefined);
  const text = given ?? sent!;
  const before = deployed && {
    template: await processedTemplate(clients, {StackName: stackId}, deployed.text, 'the deployed template'),
    parameters: shownValues(deployed.parameters),
    place,
  };
  const template =
    given === undefined
      ? await readTemplate(text, file)
      : await processedTemplate(clients, {ChangeSetName: id}, text, file);
  const after = {template, parameters: shownValues(parameters), place};
  return {text, asSent: given === undefined, before, permissions: permissionChanges(before, after, changes)};
}

interface NestedReview extends Pick<Review, 'permissions'> {
  readonly reviewed: object;
}

/** What is in nested stacks, under its path: `Storage/Table`. */
async function reviewNested(
  clients: AwsClients,
  {nested}: ChangeSet,
  above: StackPlace | undefined,
  within = '',
): Promise<readonly NestedReview[]> {
  const reviews: NestedReview[] = [];
  for (const each of nested) {
    const path = `${within}${each.logicalId}/`;
    const deployed = each.isNew ? undefined : await readDeployed(clients, await readStack(clients, each.stackId));
    const place = each.isNew ? above && newNestedPlace(above, each.logicalId) : placeOf(each.stackId);
    const file = `the template of ${path.slice(0, -1)}`;
    const {text, permissions} = await comparePermissions(clients, each, {deployed, file, place});
    reviews.push({
      permissions: permissions.map(change => ({...change, name: `${path}${change.name}`})),
      reviewed: {path, template: text, parameters: each.parameters, base: baseOf(deployed)},
    });
    reviews.push(...(await reviewNested(clients, each, place, path)));
  }
  return reviews;
}

function baseOf(deployed: DeployedTemplate | undefined) {
  return deployed === undefined ? null : {template: deployed.text, parameters: deployed.parameters};
}

/** The text as it was given to CloudFormation; undefined where it finds a stack's template only, as moto does. */
export async function changeSetTemplate(
  clients: AwsClients,
  changeSet: string,
  maybeAbsent: boolean,
): Promise<string | undefined> {
  try {
    const client = await clients.cloudFormation();
    const {TemplateBody = ''} = await client.getTemplate({ChangeSetName: changeSet, TemplateStage: 'Original'});
    return TemplateBody;
  } catch (error) {
    if (maybeAbsent && error instanceof Error && /^Stack with id None does not exist/.test(error.message))
      return undefined;
    throw describeAwsError(error, 'read the template of the change set');
  }
}
