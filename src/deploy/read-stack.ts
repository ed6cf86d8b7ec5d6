import type {Stack} from '@aws-sdk/client-cloudformation';
import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';

export interface StackDescription {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly reason: string | undefined;
  /** Of the change set that made it what it is, or is doing so. */
  readonly changeSetId: string | undefined;
  readonly outputs: Readonly<Record<string, string>>;
  /** What it was deployed with. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** By name or ARN; undefined when there is none. A deleted stack is found by its ARN only. */
export async function readStack(clients: AwsClients, name: string): Promise<StackDescription | undefined> {
  try {
    const {Stacks = []} = await (await clients.cloudFormation()).describeStacks({StackName: name});
    return Stacks[0] && describe(Stacks[0]);
  } catch (error) {
    if (error instanceof Error && error.name === 'ValidationError' && error.message.includes('does not exist'))
      return undefined;
    throw describeAwsError(error, `read the stack ${name}`);
  }
}

function describe({
  StackId,
  StackName,
  StackStatus,
  StackStatusReason,
  ChangeSetId,
  Outputs = [],
  Parameters = [],
}: Stack): StackDescription {
  return {
    id: StackId!,
    name: StackName!,
    status: StackStatus!,
    reason: StackStatusReason,
    changeSetId: ChangeSetId,
    outputs: Object.fromEntries(Outputs.map(({OutputKey, OutputValue}) => [OutputKey!, OutputValue!])),
    parameters: Object.fromEntries(
      Parameters.map(({ParameterKey, ParameterValue = ''}) => [ParameterKey!, ParameterValue]),
    ),
  };
}
