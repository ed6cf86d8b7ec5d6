import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import {parseTemplate} from '../cloudformation/parse.ts';
import {hotswappedFunctions, hotswapTag} from './hotswapped-functions.ts';
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
  const marked = await hotswappedFunctions(clients, stackName);
  if (marked.length === 0) return [];
  try {
    const client = await clients.cloudFormation();
    const {TemplateBody = '{}'} = await client.getTemplate({StackName: stack.id, TemplateStage: 'Original'});
    const {body} = parseTemplate(TemplateBody, 'the deployed template', {duplicateKeys: 'last'});
    const resources = (body.Resources ?? {}) as Record<string, {Properties?: {Code?: Location}} | null>;
    const lambda = await clients.lambda();
    for (const {logicalId, name, arn} of marked) {
      const {S3Bucket, S3Key} = resources[logicalId]?.Properties?.Code ?? {};
      if (S3Bucket === undefined || S3Key === undefined) continue;
      await updateCode(clients, {name, code: {S3Bucket, S3Key}, pollMilliseconds});
      await lambda.untagResource({Resource: arn, TagKeys: [hotswapTag]});
    }
    return marked.map(({logicalId}) => logicalId);
  } catch (error) {
    throw describeAwsError(error, 'put the deployed code back');
  }
}

interface Location {
  readonly S3Bucket?: string;
  readonly S3Key?: string;
}
