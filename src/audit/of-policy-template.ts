import type {IdentityPolicy} from '../model/execution-role.ts';
import type {Detection} from './define-rule.ts';

/** What to do about a statement that stands in a policy template of SAM: nobody can change it there. */
export function ofPolicyTemplate(policy: IdentityPolicy | undefined): Pick<Detection, 'remedy'> {
  const template = policy?.template;
  if (template === undefined || !template.endsWith('Policy')) return {};
  return {remedy: `Write a Statement instead of ${template}, with the actions and the resources that are needed.`};
}
