import type {Denial, PolicyKind} from './evaluate.ts';

export interface DeniedRequest {
  /** The caller's ARN, or a service principal. */
  readonly caller: string;
  readonly action: string;
  readonly resource: string;
  readonly denial: Denial;
}

/**
 * The sentence AWS answers with. S3 alone puts the resource in quotes.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function explainDenial({caller, action, resource, denial}: DeniedRequest): string {
  const who = /^[a-z0-9.-]+\.amazonaws\.com$/.test(caller) ? `Service: ${caller}` : `User: ${caller}`;
  const on = action.startsWith('s3:') ? `"${resource}"` : resource;
  const why = denial.explicit
    ? `with an explicit deny in ${withArticle[denial.kind]}`
    : `because no ${names[denial.kind]} allows the ${action} action`;
  return `${who} is not authorized to perform: ${action} on resource: ${on} ${why}`;
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
