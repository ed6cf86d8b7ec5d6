import type {Stack} from '@aws-sdk/client-cloudformation';
import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';

/** As CloudFormation describes it; undefined when there is none, or it is deleted. */
export async function standingStack(clients: AwsClients, stackName: string): Promise<Stack | undefined> {
  try {
    const {Stacks = []} = await (await clients.cloudFormation()).describeStacks({StackName: stackName});
    return Stacks[0]?.StackStatus === 'DELETE_COMPLETE' ? undefined : Stacks[0];
  } catch (error) {
    if (error instanceof Error && error.name === 'ValidationError' && error.message.includes('does not exist'))
      return undefined;
    throw describeAwsError(error, `read the stack ${stackName}`);
  }
}
