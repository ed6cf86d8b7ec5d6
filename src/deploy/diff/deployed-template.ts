import type {AwsClients} from '../../aws/clients.ts';
import {describeAwsError} from '../../aws/describe-aws-error.ts';
import {parseTemplate, type Template} from '../../cloudformation/parse.ts';
import type {StackDescription} from '../read-stack.ts';

/** As it was submitted; an empty one where nothing is deployed. */
export async function deployedTemplate(clients: AwsClients, stack: StackDescription | undefined): Promise<Template> {
  const empty = () => parseTemplate('{}', 'the deployed template');
  if (stack === undefined || stack.status === 'REVIEW_IN_PROGRESS') return empty();
  try {
    const client = await clients.cloudFormation();
    const {TemplateBody} = await client.getTemplate({StackName: stack.id, TemplateStage: 'Original'});
    return TemplateBody ? parseTemplate(TemplateBody, 'the deployed template', {duplicateKeys: 'last'}) : empty();
  } catch (error) {
    throw describeAwsError(error, 'read the template of the stack');
  }
}
