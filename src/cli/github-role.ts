import {type DeployerPolicyOptions, deployerPolicies} from '../deploy/policy/deployer-policy.ts';
import {githubRoleTemplate} from '../deploy/policy/github-role.ts';
import {anyPlace} from '../deploy/policy/place.ts';
import {GearError} from '../errors.ts';
import type {PolicyFormat} from '../report/policy.ts';

interface GithubRoleFlags {
  readonly repo?: string | undefined;
  readonly branch?: string | undefined;
  readonly environment?: string | undefined;
  readonly format?: PolicyFormat | undefined;
}

/** The template of the role that a workflow takes, with what deploying the service needs in it. */
export function githubRole(
  {stackName, ...options}: Omit<DeployerPolicyOptions, 'place'> & {readonly stackName: string},
  {repo = '', branch = 'main', environment, format}: GithubRoleFlags,
): {readonly template: object; readonly notes: readonly string[]} {
  if (!/^[\w.-]+\/[\w.-]+$/.test(repo))
    throw refused(`--repo ${repo} is not of the form OWNER/NAME`, '--repo acme/orders');
  const name = environment ?? branch;
  // In the trust policy it would be compared as text and fit nothing, or be a hole where somebody made a pattern of it.
  if (/[*?]/.test(name) || name === '')
    throw refused(`${name} is a pattern, and the role is for one name`, '--branch main');
  if (format === 'markdown') throw refused('A template has no form in Markdown', '--format yaml');
  const {policies, notes} = deployerPolicies({...options, place: anyPlace(stackName)});
  const from = environment === undefined ? {branch} : {environment};
  return {template: githubRoleTemplate({repository: repo, from, service: options.service, policies}), notes};
}

function refused(message: string, suggestion: string): GearError {
  return new GearError(message, {code: 'USAGE', suggestions: [suggestion]});
}
