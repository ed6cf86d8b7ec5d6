import type {Template} from '../cloudformation/parse.ts';
import {dependsOnMore} from './depends-on-more.ts';
import type {DeployedTemplate} from './read-deployed.ts';
import type {StackDescription} from './read-stack.ts';

/**
 * Whether the stack is what a deployment of `template` would make of it, as far as that can be told without a change
 * set: CloudFormation has nothing to do when it has the same text and the same parameters, and stands.
 */
export function isUpToDate(
  stack: StackDescription,
  deployed: DeployedTemplate,
  template: Pick<Template, 'text' | 'body'>,
  given: Readonly<Record<string, string>>,
): boolean {
  return (
    /^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(stack.status) &&
    deployed.text === template.text &&
    Object.entries(given).every(([name, value]) => deployed.parameters[name] === value) &&
    !dependsOnMore(template)
  );
}
