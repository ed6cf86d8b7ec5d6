import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import {type StackResource, stackResources} from '../aws/stack-resources.ts';
import {parseTemplate} from '../cloudformation/parse.ts';
import {hotswapTag} from './hotswap.ts';
import {readStack} from './read-stack.ts';
import {updateCode} from './update-code.ts';

/**
 * Gives functions that were hotswapped the code back that their stack says. CloudFormation would not: it compares
 * templates, and leaves alone what has not changed in them. Answers their logical IDs.
 */
export async function undoHotswaps(
  clients: AwsClients,
  stackName: string,
  pollMilliseconds: number,
): Promise<readonly string[]> {
  const stack = await readStack(clients, stackName);
  if (stack === undefined || stack.status === 'REVIEW_IN_PROGRESS') return [];
  const functions = (await stackResources(clients, stackName)).filter(({type}) => type === 'AWS::Lambda::Function');
  const marked: {readonly fn: StackResource; readonly arn: string}[] = [];
  for (const fn of functions) {
    const arn = await markedArn(clients, fn.physicalId);
    if (arn !== undefined) marked.push({fn, arn});
  }
  if (marked.length === 0) return [];
  try {
    const client = await clients.cloudFormation();
    const {TemplateBody = '{}'} = await client.getTemplate({StackName: stack.id, TemplateStage: 'Original'});
    const {body} = parseTemplate(TemplateBody, 'the deployed template', {duplicateKeys: 'last'});
    const resources = (body.Resources ?? {}) as Record<string, {Properties?: {Code?: Location}} | null>;
    const lambda = await clients.lambda();
    for (const {fn, arn} of marked) {
      const {S3Bucket, S3Key} = resources[fn.logicalId]?.Properties?.Code ?? {};
      if (S3Bucket === undefined || S3Key === undefined) continue;
      await updateCode(clients, {name: fn.physicalId, code: {S3Bucket, S3Key}, pollMilliseconds});
      await lambda.untagResource({Resource: arn, TagKeys: [hotswapTag]});
    }
    return marked.map(({fn}) => fn.logicalId);
  } catch (error) {
    throw describeAwsError(error, 'put the deployed code back');
  }
}

interface Location {
  readonly S3Bucket?: string;
  readonly S3Key?: string;
}

/** The ARN of a function that has the mark of a hotswap. */
async function markedArn(clients: AwsClients, name: string): Promise<string | undefined> {
  try {
    const {Configuration, Tags} = await (await clients.lambda()).getFunction({FunctionName: name});
    return Tags !== undefined && hotswapTag in Tags ? Configuration!.FunctionArn : undefined;
  } catch (error) {
    // CloudFormation says what it thinks of a function that somebody deleted.
    if ((error as Error).name === 'ResourceNotFoundException') return undefined;
    throw describeAwsError(error, `read the function ${name}`);
  }
}
