import type {NamedPolicy} from '../model/policy.ts';
import {type ActionRequest, matchStatement, type StatementMatch} from './match-statement.ts';
import {type Naming, namingOf, type RequestPrincipal} from './principals.ts';

export interface Evaluation {
  readonly identity: readonly NamedPolicy[];
  /** Absent: nothing bounds the role. */
  readonly boundary?: readonly NamedPolicy[] | undefined;
  readonly session?: readonly NamedPolicy[] | undefined;
  readonly resource?: NamedPolicy | undefined;
  readonly request: PolicyRequest;
}

interface PolicyRequest extends ActionRequest {
  readonly principal: RequestPrincipal;
  /**
   * For `sts:AssumeRole` and KMS keys: a resource that only its own policy can open. Identity policies allow nothing
   * until that policy names the account, and so hands the question to them.
   */
  readonly resourcePolicyDecides?: boolean;
}

export type PolicyKind = 'identity' | 'resource' | 'boundary' | 'session';

export type Decision =
  | {readonly allowed: true; readonly matched: readonly KindedMatch[]}
  | {readonly allowed: false; readonly denial: Denial; readonly matched: readonly KindedMatch[]};

/** An explicit deny in a policy of that kind, or none of that kind that allows. */
export interface Denial {
  readonly explicit: boolean;
  readonly kind: PolicyKind;
}

interface KindedMatch extends StatementMatch {
  readonly kind: PolicyKind;
}

/**
 * The evaluation logic for requests within one account. `matched` holds the statements that decided: those that deny,
 * or all that allow. Unresolved values match nothing, so a policy that holds some should not be asked.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate({identity, boundary, session, resource, request}: Evaluation): Decision {
  const service = request.principal.kind === 'service';
  const byIdentity = service ? nothing : matchAll(identity, 'identity', request);
  const byResource = resource ? matchResourcePolicy(resource, request) : nothing;
  const byBoundary = service || !boundary ? undefined : matchAll(boundary, 'boundary', request);
  const bySession = service || !session ? undefined : matchAll(session, 'session', request);

  // An explicit deny ends it before any allow is looked at.
  for (const matches of [byIdentity, byResource, byBoundary, bySession]) {
    const [deny] = matches?.denies ?? [];
    if (deny) return {allowed: false, denial: {explicit: true, kind: deny.kind}, matched: matches!.denies};
  }
  const denied = (kind: PolicyKind): Decision => ({allowed: false, denial: {explicit: false, kind}, matched: []});
  const byAccount = byResource.namings.includes('account');
  const byOwn = request.resourcePolicyDecides && !byAccount ? {...byIdentity, allows: []} : byIdentity;
  const allowed = (...matches: (Matches | undefined)[]): Decision => ({
    allowed: true,
    matched: matches.flatMap(match => match?.allows ?? []),
  });

  const direct = byResource.namings.filter(naming => naming !== 'account');
  if (service) return direct.length > 0 ? allowed(byResource) : denied('resource');
  if (request.resourcePolicyDecides && byResource.allows.length === 0) return denied('resource');
  // What a resource policy gives to this very session or user is limited by no other policy's silence.
  if (direct.includes('session') || direct.includes('user')) return allowed(byOwn, byResource);
  // An account as principal hands the question to the identity's own policies.
  if (byOwn.allows.length === 0 && direct.length === 0) return denied('identity');
  if (byBoundary?.allows.length === 0) return denied('boundary');
  if (bySession?.allows.length === 0) return denied('session');
  return allowed(byOwn, byResource, byBoundary, bySession);
}

interface Matches {
  readonly allows: readonly KindedMatch[];
  readonly denies: readonly KindedMatch[];
  /** How the allowing statements of a resource policy name the principal. */
  readonly namings: readonly Naming[];
}

const nothing: Matches = {allows: [], denies: [], namings: []};

function matchAll(policies: readonly NamedPolicy[], kind: PolicyKind, request: PolicyRequest): Matches {
  const allows: KindedMatch[] = [];
  const denies: KindedMatch[] = [];
  for (const policy of policies)
    for (const statement of policy.document.statements)
      for (const match of matchStatement(policy, statement, request))
        (match.effect === 'Deny' ? denies : allows).push({...match, kind});
  return {allows, denies, namings: []};
}

function matchResourcePolicy(policy: NamedPolicy, request: PolicyRequest): Matches {
  const allows: KindedMatch[] = [];
  const denies: KindedMatch[] = [];
  const namings: Naming[] = [];
  for (const statement of policy.document.statements) {
    const naming = namingOf(statement, request.principal);
    if (naming === undefined) continue;
    const matches = matchStatement(policy, statement, request).map(match => ({...match, kind: 'resource' as const}));
    if (matches.length === 0) continue;
    if (statement.effect === 'Deny') denies.push(...matches);
    else {
      allows.push(...matches);
      namings.push(naming);
    }
  }
  return {allows, denies, namings};
}
