import type {Denial, PolicyKind} from './evaluate.ts';

interface DeniedRequest {
  /** The caller's ARN, or a service principal. */
  readonly caller: string;
  readonly action: string;
  readonly resource: string;
  readonly denial: Denial;
}

/**
 * The sentence AWS answers with. S3 alone puts the resource in quotes, and names none where there is none.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function explainDenial({caller, action, resource, denial}: DeniedRequest): string {
  const who = /^[a-z0-9.-]+\.amazonaws\.com$/.test(caller) ? `Service: ${caller}` : `User: ${caller}`;
  // The resource policy of a role has a name of its own.
  const trust = denial.kind === 'resource' && action.startsWith('sts:');
  const why = denial.explicit
    ? `with an explicit deny in ${trust ? 'the role trust policy' : withArticle[denial.kind]}`
    : `because no ${trust ? 'role trust policy' : names[denial.kind]} allows the ${action} action`;
  return `${who} is not authorized to perform: ${action}${onResource(action, resource)} ${why}`;
}

function onResource(action: string, resource: string): string {
  if (!action.startsWith('s3:')) return ` on resource: ${resource}`;
  return resource === '*' ? '' : ` on resource: "${resource}"`;
}

const names: Readonly<Record<PolicyKind, string>> = {
  identity: 'identity-based policy',
  resource: 'resource-based policy',
  boundary: 'permissions boundary',
  session: 'session policy',
};

const withArticle: Readonly<Record<PolicyKind, string>> = {
  identity: 'an identity-based policy',
  resource: 'a resource-based policy',
  boundary: 'a permissions boundary',
  session: 'a session policy',
};
