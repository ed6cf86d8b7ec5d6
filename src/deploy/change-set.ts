import {setTimeout as sleep} from 'node:timers/promises';
import type {
  Capability,
  Change,
  CreateChangeSetCommandInput,
  DescribeChangeSetCommandOutput,
} from '@aws-sdk/client-cloudformation';
import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import {GearError} from '../errors.ts';
import {deleteForsaken} from './delete-forsaken.ts';
import {persist} from './persist.ts';
import {remedyFor} from './remedies.ts';
import {stackChanged} from './stack-changed.ts';
import {validationFailures} from './validation-failures.ts';

export interface ChangeSetRequest {
  readonly stackName: string;
  readonly name: string;
  readonly type: 'CREATE' | 'UPDATE';
  readonly templateUrl?: string;
  readonly templateBody?: string;
  readonly capabilities: readonly Capability[];
  /** As which CloudFormation acts, from now on; without one, as the stack does already. */
  readonly roleArn?: string | undefined;
  readonly parameters: readonly {
    readonly key: string /** Absent: the value the stack has. */;
    readonly value?: string;
  }[];
  readonly pollMilliseconds: number;
  readonly signal?: AbortSignal;
}

export interface ChangeSet {
  readonly id: string;
  readonly stackId: string;
  readonly changes: readonly PlannedChange[];
  /** As CloudFormation shows them: without the values of those that are NoEcho. */
  readonly parameters: Readonly<Record<string, string>>;
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
  const client = await clients.cloudFormation();
  try {
    const {Id, StackId} = await client.createChangeSet(changeSetInput(request));
    const discard = () => deleteChangeSet(clients, {id: Id!, stackId: StackId!}, request.type === 'CREATE');
    const described = await waitForChangeSet(clients, Id!, request).catch(async error => {
      await discard().catch(() => {});
      throw error;
    });
    if (described.Status !== 'FAILED') return asChangeSet(described);
    const isEmpty = /didn't contain changes|No updates are to be performed/.test(described.StatusReason ?? '');
    const found = isEmpty ? undefined : await validationFailures(clients, Id!);
    await discard();
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
    return asChangeSet(await withAllChanges(clients, id, page));
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

/** A stack that exists only for the change set (REVIEW_IN_PROGRESS) may go with it. */
export async function deleteChangeSet(
  clients: AwsClients,
  {id, stackId}: Pick<ChangeSet, 'id' | 'stackId'>,
  withStack: boolean,
): Promise<void> {
  const client = await clients.cloudFormation();
  await client.deleteChangeSet({ChangeSetName: id});
  if (withStack) await deleteForsaken(clients, stackId, id);
}

function changeSetInput({
  stackName,
  name,
  type,
  templateUrl,
  templateBody,
  capabilities,
  roleArn,
  parameters,
}: ChangeSetRequest): CreateChangeSetCommandInput {
  return {
    StackName: stackName,
    ChangeSetName: name,
    // An answer that is lost on its way has the SDK ask again: it is then told of the change set that it made.
    ClientToken: name,
    ChangeSetType: type,
    ...(templateUrl === undefined ? {TemplateBody: templateBody} : {TemplateURL: templateUrl}),
    Parameters: parameters.map(({key, value}) =>
      value === undefined ? {ParameterKey: key, UsePreviousValue: true} : {ParameterKey: key, ParameterValue: value},
    ),
    ...(roleArn === undefined ? {} : {RoleARN: roleArn}),
    Capabilities: [...capabilities],
    // A creation that fails leaves a stack that can only be deleted: CloudFormation does it, its events stay readable by ARN.
    ...(type === 'CREATE' ? {OnStackFailure: 'DELETE' as const} : {}),
  };
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

function asChangeSet({ChangeSetId, StackId, Changes = [], Parameters = []}: DescribeChangeSetCommandOutput): ChangeSet {
  return {
    id: ChangeSetId!,
    stackId: StackId!,
    changes: Changes.flatMap(plannedChange),
    parameters: Object.fromEntries(
      Parameters.map(({ParameterKey, ParameterValue = ''}) => [ParameterKey!, ParameterValue]),
    ),
  };
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
