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
    const lambda = await clients.lambda();
    const declared = new Map<string, Resources>();
    const undone: string[] = [];
    for (const {logicalId, stack: own, name, arn} of marked) {
      const resources = declared.get(own) ?? (await resourcesOf(clients, own));
      declared.set(own, resources);
      const {S3Bucket, S3Key} = resources[logicalId.slice(logicalId.lastIndexOf('/') + 1)]?.Properties?.Code ?? {};
      if (S3Bucket === undefined || S3Key === undefined) continue;
      await updateCode(clients, {name, code: {S3Bucket, S3Key}, pollMilliseconds});
      await lambda.untagResource({Resource: arn, TagKeys: [hotswapTag]});
      undone.push(logicalId);
    }
    return undone;
  } catch (error) {
    throw describeAwsError(error, 'put the deployed code back');
  }
}

async function resourcesOf(clients: AwsClients, stackName: string): Promise<Resources> {
  const client = await clients.cloudFormation();
  const {TemplateBody = '{}'} = await client.getTemplate({StackName: stackName, TemplateStage: 'Original'});
  const {body} = parseTemplate(TemplateBody, 'the deployed template', {duplicateKeys: 'last'});
  return (body.Resources ?? {}) as Resources;
}

type Resources = Readonly<Record<string, {readonly Properties?: {readonly Code?: Location}} | null>>;

interface Location {
  readonly S3Bucket?: string;
  readonly S3Key?: string;
}
