import type {Capability, CreateChangeSetCommandInput} from '@aws-sdk/client-cloudformation';
import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import {troubleOf} from '../aws/trouble.ts';
import {GearError} from '../errors.ts';
import type {MadeChangeSet} from './discard-change-set.ts';
import {persist} from './persist.ts';

export interface ChangeSetRequest {
  readonly stackName: string;
  readonly name: string;
  readonly type: 'CREATE' | 'UPDATE';
  readonly templateUrl?: string;
  readonly templateBody?: string;
  /** Shows what would be done in nested stacks, too. */
  readonly includeNestedStacks?: boolean;
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

/**
 * Its name is nobody else's: what has it after an answer was lost is what was asked for. Whether the request was heard
 * is found out before anything is said of it.
 */
export async function submitChangeSet(clients: AwsClients, request: ChangeSetRequest): Promise<MadeChangeSet> {
  const client = await clients.cloudFormation();
  try {
    const {Id, StackId} = await client.createChangeSet(changeSetInput(request));
    return {id: Id!, stackId: StackId!};
  } catch (error) {
    if (troubleOf(error) === undefined && (error as Error).name !== 'AlreadyExistsException') throw error;
    const made = await persist(() => findChangeSet(clients, request), request).catch(() => {
      const {message} = describeAwsError(error, `create a change set for ${request.stackName}`) as Error;
      throw new GearError(`${message}. Whether there is one now, ${request.name}, is not known; nothing is executed`, {
        code: 'CHANGE_SET_UNKNOWN',
        suggestions: [
          'the same command again',
          `aws cloudformation list-change-sets --stack-name ${request.stackName}`,
        ],
        cause: error,
      });
    });
    if (made === undefined) throw error;
    return made;
  }
}

async function findChangeSet(
  clients: AwsClients,
  {stackName, name}: ChangeSetRequest,
): Promise<MadeChangeSet | undefined> {
  const client = await clients.cloudFormation();
  try {
    const {ChangeSetId, StackId} = await client.describeChangeSet({ChangeSetName: name, StackName: stackName});
    return {id: ChangeSetId!, stackId: StackId!};
  } catch (error) {
    const {name: refusal, message} = error as Error;
    if (refusal.startsWith('ChangeSetNotFound') || message.includes('does not exist')) return undefined;
    throw error;
  }
}

function changeSetInput({
  stackName,
  name,
  type,
  templateUrl,
  templateBody,
  includeNestedStacks,
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
    ...(includeNestedStacks ? {IncludeNestedStacks: true} : {}),
    Capabilities: [...capabilities],
    // A creation that fails leaves a stack that can only be deleted: CloudFormation does it, its events stay readable by ARN.
    ...(type === 'CREATE' ? {OnStackFailure: 'DELETE' as const} : {}),
  };
}
