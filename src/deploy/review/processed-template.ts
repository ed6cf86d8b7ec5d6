import type {AwsClients} from '../../aws/clients.ts';
import {describeAwsError} from '../../aws/describe-aws-error.ts';
import type {PlacedTemplate} from '../../cloudformation/placed-template.ts';
import {readTemplate} from '../../cloudformation/read-template.ts';
import {unexpanded} from '../../inventory/template/unexpanded.ts';

type Submission = {readonly ChangeSetName: string} | {readonly StackName: string};

/**
 * What is going to be deployed, or is: a template as its macros left it, of which only CloudFormation knows. `submitted`
 * is its text; most call no macro that gear does not know, and nobody is asked.
 */
export async function processedTemplate(
  clients: AwsClients,
  submission: Submission,
  submitted: string,
  file: string,
): Promise<PlacedTemplate> {
  const template = await readTemplate(submitted, file);
  if (!/Fn::Transform|!Transform\b/.test(submitted) && unexpanded(template).length === 0) return template;
  try {
    const client = await clients.cloudFormation();
    const {TemplateBody} = await client.getTemplate({...submission, TemplateStage: 'Processed'});
    return TemplateBody ? await readTemplate(TemplateBody, file) : template;
  } catch (error) {
    throw describeAwsError(error, 'read the template as its macros left it');
  }
}
