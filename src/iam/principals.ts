import type {Principal, Statement} from '../model/policy.ts';
import {isUnresolved} from '../model/resolvable.ts';

/** Who makes a request, as policies name it. */
export type RequestPrincipal =
  | {readonly kind: 'user'; readonly arn: string; readonly account: string}
  | {
      readonly kind: 'role';
      /** Of the session: `arn:aws:sts::000000000000:assumed-role/ingest/i-1`. */
      readonly arn: string;
      readonly roleArn: string;
      readonly account: string;
    }
  | {readonly kind: 'service'; readonly service: string};

/** How directly a statement names the principal: it decides which other policies still limit what is granted. */
export type Naming = 'session' | 'role' | 'user' | 'service' | 'anyone' | 'account';

/**
 * How a resource policy's statement names the principal, most direct first; undefined when it speaks of others.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function namingOf(statement: Statement, principal: RequestPrincipal): Naming | undefined {
  if (statement.principal) return named(statement.principal, principal);
  if (statement.notPrincipal) return excluded(statement.notPrincipal, principal) ? undefined : 'anyone';
  return undefined;
}

function named(names: Principal, principal: RequestPrincipal): Naming | undefined {
  const anyone = lists(names, 'AWS', '*') ? 'anyone' : undefined;
  if (principal.kind === 'service') return lists(names, 'Service', principal.service) ? 'service' : anyone;
  if (lists(names, 'AWS', principal.arn)) return principal.kind === 'role' ? 'session' : 'user';
  if (principal.kind === 'role' && lists(names, 'AWS', principal.roleArn)) return 'role';
  return anyone ?? (namesAccount(names, principal.account) ? 'account' : undefined);
}

/**
 * NotPrincipal leaves a session out only when the session, its role and its account are all listed.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function excluded(names: Principal, principal: RequestPrincipal): boolean {
  if (lists(names, 'AWS', '*')) return true;
  if (principal.kind === 'service') return lists(names, 'Service', principal.service);
  const itself = lists(names, 'AWS', principal.arn) && namesAccount(names, principal.account);
  return itself && (principal.kind === 'user' || lists(names, 'AWS', principal.roleArn));
}

function namesAccount(names: Principal, account: string): boolean {
  return lists(names, 'AWS', account) || lists(names, 'AWS', `arn:aws:iam::${account}:root`);
}

/** Principals know no wildcards but the lone star. */
function lists(names: Principal, kind: string, name: string): boolean {
  return names[kind]?.some(candidate => !isUnresolved(candidate) && candidate === name) ?? false;
}
