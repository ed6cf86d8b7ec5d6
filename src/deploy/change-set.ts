import {setTimeout as sleep} from 'node:timers/promises';
import type {Change, DescribeChangeSetCommandOutput} from '@aws-sdk/client-cloudformation';
import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import {GearError} from '../errors.ts';
import {deleteChangeSet, discardAfter, type MadeChangeSet} from './discard-change-set.ts';
import {persist} from './persist.ts';
import {remedyFor} from './remedies.ts';
import {stackChanged} from './stack-changed.ts';
import {type ChangeSetRequest, submitChangeSet} from './submit-change-set.ts';
import {validationFailures} from './validation-failures.ts';

export interface ChangeSet extends MadeChangeSet {
  readonly changes: readonly PlannedChange[];
  /** As CloudFormation shows them: without the values of those that are NoEcho. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Of the nested stacks in which something changes. */
  readonly nested: readonly NestedChangeSet[];
}

export interface NestedChangeSet extends ChangeSet {
  /** The nested stack in the template above. */
  readonly logicalId: string;
  readonly isNew: boolean;
}

export interface PlannedChange {
  readonly action: string;
  readonly logicalId: string;
  readonly resourceType: string;
  readonly replacement: string | undefined;
  /** Of a removal or replacement, what becomes of the old one: `Delete`, `Retain`, `ReplaceAndRetain` ... */
  readonly policyAction?: string;
  readonly properties: readonly PropertyChange[];
}

interface PropertyChange {
  readonly name: string;
  /** Whether it changes is only known once `cause`, which it refers to, has been changed. */
  readonly dynamic: boolean;
  readonly cause: string | undefined;
  /** It takes a new resource to change it, or may take one. */
  readonly recreates?: boolean;
}

/** The change set when it is ready to execute; undefined when it would change nothing (and then it is gone again). */
export async function createChangeSet(clients: AwsClients, request: ChangeSetRequest): Promise<ChangeSet | undefined> {
  try {
    const made = await submitChangeSet(clients, request);
    const withStack = request.type === 'CREATE';
    const discarding = async (error: unknown): Promise<never> => {
      throw await discardAfter(error, clients, made, withStack);
    };
    const described = await waitForChangeSet(clients, made.id, request).catch(discarding);
    if (described.Status !== 'FAILED') return await asChangeSet(clients, described).catch(discarding);
    const isEmpty = /didn't contain changes|No updates are to be performed/.test(described.StatusReason ?? '');
    const found = isEmpty ? undefined : await validationFailures(clients, made.id);
    await deleteChangeSet(clients, made, withStack);
    if (isEmpty) return undefined;
    const reason = found ?? described.StatusReason ?? 'no reason was given';
    throw new GearError(`CloudFormation refused the change set for ${request.stackName}: ${reason}`, {
      code: 'CHANGE_SET_FAILED',
      suggestions: remedyFor({resource: 'it', resourceType: '', text: reason, code: undefined})?.advice ?? [],
    });
  } catch (error) {
    throw (
      stackChanged(request.stackName, error) ?? describeAwsError(error, `create a change set for ${request.stackName}`)
    );
  }
}

/** One that can still be executed; undefined when it is gone, or what it would change has been changed since. */
export async function readChangeSet(clients: AwsClients, id: string): Promise<ChangeSet | undefined> {
  const client = await clients.cloudFormation();
  try {
    const page = await client.describeChangeSet({ChangeSetName: id, IncludePropertyValues: true});
    if (page.ExecutionStatus !== 'AVAILABLE') return undefined;
    return await asChangeSet(clients, await withAllChanges(clients, id, page));
  } catch (error) {
    if (error instanceof Error && error.name.startsWith('ChangeSetNotFound')) return undefined;
    throw describeAwsError(error, 'read the change set');
  }
}

/** The ids of those that wait to be executed. */
export async function openChangeSets(clients: AwsClients, stackName: string): Promise<readonly string[]> {
  const ids: string[] = [];
  let token: string | undefined;
  try {
    const client = await clients.cloudFormation();
    do {
      const next = token === undefined ? {} : {NextToken: token};
      const {Summaries = [], NextToken} = await client.listChangeSets({StackName: stackName, ...next});
      ids.push(...Summaries.map(({ChangeSetId}) => ChangeSetId!));
      token = NextToken;
    } while (token !== undefined);
  } catch (error) {
    throw describeAwsError(error, `list the change sets of ${stackName}`);
  }
  return ids;
}

async function waitForChangeSet(
  clients: AwsClients,
  id: string,
  {pollMilliseconds, signal}: ChangeSetRequest,
): Promise<DescribeChangeSetCommandOutput> {
  const client = await clients.cloudFormation();
  const pace = {pollMilliseconds, ...(signal === undefined ? {} : {signal})};
  for (;;) {
    const page = await persist(() => client.describeChangeSet({ChangeSetName: id, IncludePropertyValues: true}), pace);
    if (page.Status === 'CREATE_COMPLETE' || page.Status === 'FAILED') return withAllChanges(clients, id, page);
    await sleep(pollMilliseconds, undefined, signal && {signal});
  }
}

async function withAllChanges(
  clients: AwsClients,
  id: string,
  first: DescribeChangeSetCommandOutput,
): Promise<DescribeChangeSetCommandOutput> {
  const client = await clients.cloudFormation();
  const changes = [...(first.Changes ?? [])];
  for (let token = first.NextToken; token !== undefined; ) {
    const page = await client.describeChangeSet({ChangeSetName: id, NextToken: token, IncludePropertyValues: true});
    changes.push(...(page.Changes ?? []));
    token = page.NextToken;
  }
  return {...first, Changes: changes};
}

async function asChangeSet(
  clients: AwsClients,
  {ChangeSetId, StackId, Changes = [], Parameters = []}: DescribeChangeSetCommandOutput,
): Promise<ChangeSet> {
  const nested: NestedChangeSet[] = [];
  for (const {ResourceChange: change} of Changes)
    if (change?.ChangeSetId !== undefined)
      nested.push({
        logicalId: change.LogicalResourceId!,
        isNew: change.Action === 'Add',
        ...(await readNested(clients, change.ChangeSetId)),
      });
  return {
    nested,
    id: ChangeSetId!,
    stackId: StackId!,
    changes: Changes.flatMap(plannedChange),
    parameters: Object.fromEntries(
      Parameters.map(({ParameterKey, ParameterValue = ''}) => [ParameterKey!, ParameterValue]),
    ),
  };
}

async function readNested(clients: AwsClients, id: string): Promise<ChangeSet> {
  const client = await clients.cloudFormation();
  const page = await client.describeChangeSet({ChangeSetName: id, IncludePropertyValues: true});
  return asChangeSet(clients, await withAllChanges(clients, id, page));
}

function plannedChange({ResourceChange: change}: Change): PlannedChange[] {
  if (change === undefined) return [];
  return [
    {
      action: change.Action!,
      logicalId: change.LogicalResourceId!,
      resourceType: change.ResourceType!,
      replacement: change.Replacement,
      ...(change.PolicyAction === undefined ? {} : {policyAction: change.PolicyAction}),
      properties: (change.Details ?? [])
        .filter(({Target}) => Target?.Attribute === 'Properties')
        .map(({Target, Evaluation, CausingEntity}) => ({
          name: Target!.Name!,
          dynamic: Evaluation === 'Dynamic',
          cause: CausingEntity?.split('.')[0],
          recreates: (Target?.RequiresRecreation ?? 'Never') !== 'Never',
        })),
    },
  ];
}
