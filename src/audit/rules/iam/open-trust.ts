import type {Statement} from '../../../model/policy.ts';
import {asWritten, isUnresolved, type Resolvable} from '../../../model/resolvable.ts';
import {type Detection, defineRule} from '../../define-rule.ts';

export default defineRule({
  id: 'iam/open-trust',
  subject: 'role',
  severity: 'critical',
  title: 'A trust policy lets anybody, or another account, take the role',
  why: 'Whoever may assume the role has everything that it allows, without touching the function.',
  remedy:
    'Trust the service that uses the role (lambda.amazonaws.com); another account only with a condition, such as sts:ExternalId.',
  since: '0.1.0',
  examples: {
    bad: "Principal: {AWS: '*'}\nAction: sts:AssumeRole",
    good: 'Principal: {Service: lambda.amazonaws.com}\nAction: sts:AssumeRole',
  },
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-user_externalid.html',
  *check({arn, trustPolicy, origin}) {
    if (isUnresolved(trustPolicy)) {
      yield {unknown: `the trust policy is not known: ${trustPolicy.reason}`, origin};
      return;
    }
    for (const statement of trustPolicy.statements) {
      if (statement.effect === 'Deny') continue;
      if (statement.notPrincipal !== undefined)
        yield found(statement, 'everybody but a list', 'NotPrincipal', 'critical');
      for (const [kind, principals] of Object.entries(statement.principal ?? {}))
        for (const principal of principals) {
          if (isUnresolved(principal))
            yield {
              unknown: `the principal ${principal.text} is not known: ${principal.reason}`,
              origin: statement.origin,
            };
          else if (kind === 'AWS') yield* checkAws(statement, principal, arn);
        }
    }
  },
});

function* checkAws(statement: Statement, principal: string, roleArn: string): Iterable<Detection> {
  const guarded = statement.conditions.some(({key}) => guards.test(key));
  if (guarded) return;
  if (principal === '*') {
    const severity = statement.conditions.length > 0 ? 'high' : 'critical';
    yield found(statement, 'anybody', principal, severity);
    return;
  }
  const account = accountOf(principal);
  if (account !== undefined && account !== accountOf(roleArn))
    yield found(statement, `the account ${account}`, principal, 'medium');
}

function found(
  statement: Statement,
  who: string,
  principal: string,
  severity: 'critical' | 'high' | 'medium',
): Detection {
  return {
    message: `${who} can assume this role, without a condition that says who exactly`,
    severity,
    origin: statement.origin,
    evidence: {principal, action: listed(statement.actions)},
    key: principal,
  };
}

const guards =
  /^(sts:ExternalId|aws:(PrincipalOrgID|PrincipalOrgPaths|PrincipalArn|PrincipalAccount|SourceArn|SourceAccount|SourceIp|SourceVpc|SourceVpce)|aws:PrincipalTag\/.+)$/i;

/** `111122223333`, or from `arn:aws:iam::111122223333:root`; undefined for a placeholder. */
function accountOf(principal: string): string | undefined {
  return /^(?:arn:[^:]*:(?:iam|sts)::)?(\d{12})(?::|$)/.exec(principal)?.[1];
}

function listed(values: readonly Resolvable<string>[]): string {
  return values.map(asWritten).join(', ');
}
