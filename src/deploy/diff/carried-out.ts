import type {AwsClients} from '../../aws/clients.ts';
import type {Template} from '../../cloudformation/parse.ts';
import type {PlacedTemplate} from '../../cloudformation/placed-template.ts';
import {includeFiles} from '../../inventory/template/include-files.ts';
import {unexpanded} from '../../inventory/template/unexpanded.ts';
import type {StackDescription} from '../read-stack.ts';
import {processedTemplate} from '../review/processed-template.ts';

interface Compared<T> {
  readonly deployed: T;
  readonly written: T;
}

/**
 * Both templates with what their macros make of them: of what is deployed CloudFormation tells, of the other what lies
 * on this machine. Where that is not all of it both stay as they are, for what one has only would count as changed.
 */
export async function carriedOut(
  clients: AwsClients,
  {deployed, written}: Compared<Template>,
  stack: StackDescription | undefined,
): Promise<Compared<PlacedTemplate>> {
  let isWhole = true;
  const whole = await includeFiles(written, () => {
    isWhole = false;
  });
  if (!isWhole || unexpanded(whole).length > 0 || JSON.stringify(whole.body).includes('"Fn::Transform"'))
    return {deployed, written};
  if (stack === undefined) return {deployed, written: whole};
  const before = await processedTemplate(clients, {StackName: stack.id}, deployed.text, deployed.file);
  return {deployed: before, written: whole};
}
