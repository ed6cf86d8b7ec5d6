import {GearError} from '../errors.ts';
import {parsePolicy} from '../iam/parse-policy.ts';
import type {PolicyDocument} from '../model/policy.ts';

/**
 * What is wrong with a resource policy as its owner wrote it; undefined when it can be evaluated. A service asks before
 * it keeps one: from then on the policy decides every request for the resource, the one that would take it away too.
 */
export function resourcePolicyProblem(text: string): string | undefined {
  let document: PolicyDocument;
  try {
    document = parsePolicy(text, {arn: 'policy', region: ''});
  } catch (error) {
    if (!(error instanceof GearError)) throw error;
    return error.message.replace(/^.*malformed policy: /, '');
  }
  for (const {principal, notPrincipal, resources, notResources} of document.statements) {
    if (!principal && !notPrincipal) return 'Missing required field Principal';
    if (resources.length + notResources.length === 0) return 'Missing required field Resource';
  }
  return undefined;
}
