import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import {nestedResources} from '../aws/nested-resources.ts';

/** Marks a function that runs other code than its stack says; the next deployment puts that back first. */
export const hotswapTag = 'gear:hotswapped';

export interface HotswappedFunction {
  /** With its path in a nested stack. */
  readonly logicalId: string;
  /** The stack that it is in. */
  readonly stack: string;
  readonly name: string;
  readonly arn: string;
}

export async function hotswappedFunctions(
  clients: AwsClients,
  stackName: string,
): Promise<readonly HotswappedFunction[]> {
  const marked: HotswappedFunction[] = [];
  for (const {type, logicalId, stack, physicalId: name} of await nestedResources(clients, stackName)) {
    if (type !== 'AWS::Lambda::Function') continue;
    const arn = await markedArn(clients, name);
    if (arn !== undefined) marked.push({logicalId, stack, name, arn});
  }
  return marked;
}

async function markedArn(clients: AwsClients, name: string): Promise<string | undefined> {
  try {
    const {Configuration, Tags} = await (await clients.lambda()).getFunction({FunctionName: name});
    return Tags !== undefined && hotswapTag in Tags ? Configuration!.FunctionArn : undefined;
  } catch (error) {
    // Somebody deleted it, which others have more to say about.
    if ((error as Error).name === 'ResourceNotFoundException') return undefined;
    throw describeAwsError(error, `read the function ${name}`);
  }
}
