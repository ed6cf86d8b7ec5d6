import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import {type StackResource, stackResources} from '../aws/stack-resources.ts';
import {parseTemplate} from '../cloudformation/parse.ts';
import {type BucketContents, countContents} from './bucket-contents.ts';
import {requireDeletable, requireRetainable} from './destroy-refusals.ts';
import {mayBeProtected, protectedTables, requireUnprotected} from './protected-tables.ts';
import {type ExportingStack, exportingStack, requireNotImported} from './require-not-imported.ts';
import {standingStack} from './standing-stack.ts';
import {type UploadedPackages, uploadedPackages} from './uploaded-packages.ts';

/** What destroying a stack is going to do, before anything is done. */
export interface DestroyPlan {
  readonly stackId: string;
  readonly stackName: string;
  readonly status: string;
  /** When it was last created, updated or rolled back. */
  readonly changed: Date | undefined;
  /** With those nested in it that go as well; nobody may import from them. */
  readonly exporting: readonly ExportingStack[];
  readonly deleted: readonly StackResource[];
  /** Held back by their DeletionPolicy, or because somebody asked for it. */
  readonly retained: readonly StackResource[];
  /** Those of `retained` for which somebody asked, after a deletion failed on them. */
  readonly retainedByHand: readonly string[];
  /** Those of `deleted` that CloudFormation can only delete once nothing is in them. */
  readonly buckets: readonly OwnedBucket[];
  /** Functions in a VPC, whose network interfaces take their time. */
  readonly inNetwork: readonly string[];
  /** Tables of `retained`, by name, that DynamoDB does not delete as they are. */
  readonly protectedTables: readonly string[];
  /** Where its code lies, if gear has deployed it. */
  readonly packages: UploadedPackages | undefined;
}

export interface OwnedBucket extends BucketContents {
  readonly logicalId: string;
  readonly bucket: string;
}

/** The ARNs of the stack and of those nested in it that go with it. */
export function goingStacks({stackId, deleted}: DestroyPlan): readonly string[] {
  const nested = deleted.filter(({type}) => type === 'AWS::CloudFormation::Stack');
  return [stackId, ...nested.map(({physicalId}) => physicalId)];
}

interface DestroyOptions {
  readonly retain?: readonly string[];
  /** Stacks that are gone by the time that this one is deleted: they may import what it exports. */
  readonly before?: readonly string[];
}

/** Throws GearError when the stack cannot be deleted: nobody's bucket is emptied for a deletion that is then refused. */
export async function planDestruction(
  clients: AwsClients,
  stackName: string,
  owner: string,
  {retain = [], before = []}: DestroyOptions = {},
): Promise<DestroyPlan | undefined> {
  const stack = await standingStack(clients, stackName);
  if (stack === undefined) return undefined;
  requireDeletable(stack);
  // One that has only a change set yet has neither template nor resources.
  const isEmpty = stack.StackStatus === 'REVIEW_IN_PROGRESS';
  const declared = isEmpty ? {} : await declaredResources(clients, stack.StackId!);
  const {deleted, retained, inNetwork, protectable, exporting} = isEmpty
    ? noResources()
    : await sortResources(clients, stack.StackId!, declared, retain);
  // Of a nested stack CloudFormation keeps all or nothing: what has failed within it is no name that it takes.
  const failed = [...deleted, ...retained].filter(
    ({status, logicalId}) => status === 'DELETE_FAILED' && !logicalId.includes('/'),
  );
  requireRetainable(stack, new Set(failed.map(({logicalId}) => logicalId)), retain);
  const tree = [exportingStack(stack, ''), ...exporting];
  const isUnderWay = stack.StackStatus === 'DELETE_IN_PROGRESS';
  const isProtectable = ({logicalId}: StackResource) => protectable.includes(logicalId);
  if (!isUnderWay) {
    await requireNotImported(clients, tree, before);
    await requireUnprotected(clients, stack.StackName!, deleted.filter(isProtectable));
  }
  const buckets: OwnedBucket[] = [];
  // Who began a deletion that is under way did not say that buckets are to be emptied for it.
  const owned = isUnderWay ? [] : deleted;
  for (const {logicalId, physicalId: bucket, type} of owned) {
    if (type !== 'AWS::S3::Bucket') continue;
    const keeping = failed.some(each => each.logicalId === logicalId)
      ? `gear destroy --stack ${stack.StackName} --retain ${logicalId}, to give the bucket up: it stays, outside of the stack`
      : `DeletionPolicy: Retain for ${logicalId} in the template, deployed first, to keep the bucket`;
    buckets.push({logicalId, bucket, ...(await countContents(clients, {bucket, owner, keeping}))});
  }
  return {
    stackId: stack.StackId!,
    stackName: stack.StackName!,
    status: stack.StackStatus!,
    changed: stack.LastUpdatedTime ?? stack.CreationTime,
    exporting: tree,
    deleted,
    retained,
    retainedByHand: retain,
    buckets,
    inNetwork,
    protectedTables: await protectedTables(clients, retained.filter(isProtectable)),
    packages: uploadedPackages(declared, owner),
  };
}

interface SortedResources {
  readonly deleted: StackResource[];
  readonly retained: StackResource[];
  readonly inNetwork: string[];
  /** Logical IDs of tables that may be protected against deletion. */
  readonly protectable: string[];
  /** Nested stacks that go. */
  readonly exporting: ExportingStack[];
}

const noResources = (): SortedResources => ({deleted: [], retained: [], inNetwork: [], protectable: [], exporting: []});

/** Those of nested stacks stand in for them, as `Nested/Bucket`. */
async function sortResources(
  clients: AwsClients,
  stackId: string,
  declared: Declared,
  retain: readonly string[] = [],
): Promise<SortedResources> {
  const sorted = noResources();
  for (const resource of await stackResources(clients, stackId)) {
    const {DeletionPolicy: policy, Properties} = declared[resource.logicalId] ?? {};
    // Delete and Snapshot delete. What is not text depends on what only CloudFormation knows: it is not emptied.
    const goes =
      (policy === undefined || policy === 'Delete' || policy === 'Snapshot') &&
      !retain.includes(resource.logicalId) &&
      // An earlier deletion has given it up.
      resource.status !== 'DELETE_SKIPPED';
    sorted[goes ? 'deleted' : 'retained'].push(resource);
    if (resource.type === 'AWS::Lambda::Function' && Properties?.VpcConfig !== undefined)
      sorted.inNetwork.push(resource.logicalId);
    if (mayBeProtected(resource.type, Properties)) sorted.protectable.push(resource.logicalId);
    if (!goes || resource.type !== 'AWS::CloudFormation::Stack') continue;
    const stack = await standingStack(clients, resource.physicalId);
    // Somebody may have deleted it by itself: what is left of it is no longer the stack's.
    if (stack === undefined) continue;
    const inside = await declaredResources(clients, resource.physicalId);
    const nested = await sortResources(clients, resource.physicalId, inside);
    const named = (inner: StackResource) => ({...inner, logicalId: `${resource.logicalId}/${inner.logicalId}`});
    sorted.deleted.push(...nested.deleted.map(named));
    sorted.retained.push(...nested.retained.map(named));
    sorted.inNetwork.push(...nested.inNetwork.map(id => `${resource.logicalId}/${id}`));
    sorted.protectable.push(...nested.protectable.map(id => `${resource.logicalId}/${id}`));
    const inner = nested.exporting.map(each => ({...each, path: `${resource.logicalId}/${each.path}`}));
    sorted.exporting.push(exportingStack(stack, resource.logicalId), ...inner);
  }
  return sorted;
}

type Declared = Readonly<
  Record<
    string,
    {
      readonly DeletionPolicy?: unknown;
      readonly Properties?: Readonly<
        Partial<Record<'VpcConfig' | 'Code' | 'TemplateURL' | 'DeletionProtectionEnabled', unknown>>
      >;
    } | null
  >
>;

/** As the template has them once macros such as SAM's have run; none for a stack that never got a template. */
async function declaredResources(clients: AwsClients, stackId: string): Promise<Declared> {
  try {
    const client = await clients.cloudFormation();
    const {TemplateBody = ''} = await client.getTemplate({StackName: stackId, TemplateStage: 'Processed'});
    if (TemplateBody === '') return {};
    const {body} = parseTemplate(TemplateBody, 'the deployed template', {duplicateKeys: 'last'});
    return (body.Resources ?? {}) as Declared;
  } catch (error) {
    throw describeAwsError(error, 'read the template of the stack');
  }
}
