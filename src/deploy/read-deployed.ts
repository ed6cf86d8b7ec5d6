import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import type {StackDescription} from './read-stack.ts';

/** What a stack was last deployed with. */
export interface DeployedTemplate {
  readonly text: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Undefined for a stack that has none: one that only has a change set yet has no template. */
export async function readDeployed(
  clients: AwsClients,
  stack: StackDescription | undefined,
): Promise<DeployedTemplate | undefined> {
  if (stack === undefined || stack.status === 'REVIEW_IN_PROGRESS') return undefined;
  try {
    const client = await clients.cloudFormation();
    const {TemplateBody = ''} = await client.getTemplate({StackName: stack.id, TemplateStage: 'Original'});
    return {text: TemplateBody, parameters: stack.parameters};
  } catch (error) {
    throw describeAwsError(error, 'read the template of the stack');
  }
}
