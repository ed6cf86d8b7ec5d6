import type {Stack} from '@aws-sdk/client-cloudformation';
import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import {type StackResource, stackResources} from '../aws/stack-resources.ts';
import {parseTemplate} from '../cloudformation/parse.ts';
import {GearError} from '../errors.ts';
import {type BucketContents, countContents} from './bucket-contents.ts';

/** What destroying a stack is going to do, before anything is done. */
export interface DestroyPlan {
  readonly stackId: string;
  readonly stackName: string;
  readonly status: string;
  readonly deleted: readonly StackResource[];
  /** Held back by their DeletionPolicy. */
  readonly retained: readonly StackResource[];
  /** Those of `deleted` that CloudFormation can only delete once nothing is in them. */
  readonly buckets: readonly OwnedBucket[];
  /** Functions in a VPC, whose network interfaces take their time. */
  readonly inNetwork: readonly string[];
}

export interface OwnedBucket extends BucketContents {
  readonly logicalId: string;
  readonly bucket: string;
}

/** Throws GearError when the stack cannot be deleted: nobody's bucket is emptied for a deletion that is then refused. */
export async function planDestruction(
  clients: AwsClients,
  stackName: string,
  owner: string,
): Promise<DestroyPlan | undefined> {
  const stack = await describeStack(clients, stackName);
  if (stack === undefined) return undefined;
  requireDeletable(stack);
  await requireNotImported(clients, stack);
  const {deleted, retained, inNetwork} =
    // One that has only a change set yet has neither template nor resources.
    stack.StackStatus === 'REVIEW_IN_PROGRESS' ? noResources : await sortResources(clients, stack.StackId!);
  const buckets: OwnedBucket[] = [];
  // Who began a deletion that is under way did not say that buckets are to be emptied for it.
  const owned = stack.StackStatus === 'DELETE_IN_PROGRESS' ? [] : deleted;
  for (const {logicalId, physicalId: bucket, type} of owned)
    if (type === 'AWS::S3::Bucket')
      buckets.push({logicalId, bucket, ...(await countContents(clients, {bucket, owner}))});
  return {
    stackId: stack.StackId!,
    stackName: stack.StackName!,
    status: stack.StackStatus!,
    deleted,
    retained,
    buckets,
    inNetwork,
  };
}

async function describeStack(clients: AwsClients, stackName: string): Promise<Stack | undefined> {
  try {
    const {Stacks = []} = await (await clients.cloudFormation()).describeStacks({StackName: stackName});
    return Stacks[0]?.StackStatus === 'DELETE_COMPLETE' ? undefined : Stacks[0];
  } catch (error) {
    if (error instanceof Error && error.name === 'ValidationError' && error.message.includes('does not exist'))
      return undefined;
    throw describeAwsError(error, `read the stack ${stackName}`);
  }
}

function requireDeletable({StackName, StackStatus, EnableTerminationProtection, ParentId}: Stack): void {
  if (ParentId !== undefined)
    throw new GearError(`${StackName} is nested in another stack, which is what can be destroyed`, {
      code: 'NESTED_STACK',
      suggestions: [`gear destroy --stack ${ParentId.split('/')[1]}`],
    });
  if (EnableTerminationProtection)
    throw new GearError(`The stack ${StackName} is protected against termination`, {
      code: 'TERMINATION_PROTECTED',
      suggestions: [
        `aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${StackName}`,
      ],
    });
  if (StackStatus!.endsWith('_IN_PROGRESS') && !/^(DELETE|REVIEW)_/.test(StackStatus!))
    throw new GearError(`The stack ${StackName} is busy: it is in ${StackStatus}`, {
      code: 'STACK_BUSY',
      suggestions: ['the same command when it has settled'],
    });
}

/** CloudFormation says no to this only after it was asked to delete. */
async function requireNotImported(clients: AwsClients, {StackName, Outputs = []}: Stack): Promise<void> {
  const client = await clients.cloudFormation();
  for (const {ExportName} of Outputs) {
    if (ExportName === undefined) continue;
    const importers = await client.listImports({ExportName}).catch(error => {
      if (error instanceof Error && error.message.includes('is not imported')) return {Imports: []};
      throw describeAwsError(error, `find out who imports ${ExportName}`);
    });
    const [importer] = importers.Imports ?? [];
    if (importer !== undefined)
      throw new GearError(`The stack ${StackName} exports ${ExportName}, which ${importer} imports`, {
        code: 'STACK_IN_USE',
        suggestions: [`gear destroy --stack ${importer}`],
      });
  }
}

interface SortedResources {
  readonly deleted: StackResource[];
  readonly retained: StackResource[];
  readonly inNetwork: string[];
}

const noResources: SortedResources = {deleted: [], retained: [], inNetwork: []};

/** Those of nested stacks stand in for them, as `Nested/Bucket`. */
async function sortResources(clients: AwsClients, stackId: string): Promise<SortedResources> {
  const declared = await declaredResources(clients, stackId);
  const sorted: SortedResources = {deleted: [], retained: [], inNetwork: []};
  for (const resource of await stackResources(clients, stackId)) {
    const {DeletionPolicy: policy, Properties} = declared[resource.logicalId] ?? {};
    // Delete and Snapshot delete. What is not text depends on what only CloudFormation knows: it is not emptied.
    const goes = policy === undefined || policy === 'Delete' || policy === 'Snapshot';
    sorted[goes ? 'deleted' : 'retained'].push(resource);
    if (resource.type === 'AWS::Lambda::Function' && Properties?.VpcConfig !== undefined)
      sorted.inNetwork.push(resource.logicalId);
    if (!goes || resource.type !== 'AWS::CloudFormation::Stack') continue;
    const nested = await sortResources(clients, resource.physicalId);
    const named = (inner: StackResource) => ({...inner, logicalId: `${resource.logicalId}/${inner.logicalId}`});
    sorted.deleted.push(...nested.deleted.map(named));
    sorted.retained.push(...nested.retained.map(named));
  }
  return sorted;
}

type Declared = Readonly<
  Record<string, {readonly DeletionPolicy?: unknown; readonly Properties?: {readonly VpcConfig?: unknown}} | null>
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
