import {matchesAction} from '../iam/match.ts';
import type {Inventory} from '../model/inventory.ts';
import type {Statement} from '../model/policy.ts';
import {isUnresolved} from '../model/resolvable.ts';
import type {ResourcePolicy} from '../model/resource-policy.ts';

interface Permitted {
  readonly policy: ResourcePolicy;
  readonly statement: Statement;
}

/** The statements that let others use a resource, policy by policy. */
export function permissionsOf(
  {resourcePolicies = []}: Inventory,
  kinds: readonly ResourcePolicy['kind'][],
): readonly Permitted[] {
  return resourcePolicies
    .filter(({kind}) => kinds.includes(kind))
    .flatMap(policy =>
      isUnresolved(policy.document)
        ? []
        : policy.document.statements.filter(({effect}) => effect === 'Allow').map(statement => ({policy, statement})),
    );
}

export function allows({actions}: Statement, wanted: string): boolean {
  return actions.some(action => !isUnresolved(action) && matchesAction(action, wanted));
}

/** Everybody is let in, and no condition says from where or from whom. */
export function isOpenToAnybody(statement: Statement): boolean {
  const named = statement.principal?.AWS?.includes('*') === true || statement.notPrincipal !== undefined;
  return named && !isGuarded(statement);
}

/** Service principals that may come on behalf of any account. */
export function unboundServices(statement: Statement): readonly string[] {
  if (isGuarded(statement)) return [];
  return (statement.principal?.Service ?? []).filter(service => typeof service === 'string');
}

function isGuarded({conditions}: Statement): boolean {
  return conditions.some(({operator, key}) => !/Not|Null/.test(operator) && guards.test(key));
}

const guards =
  /^(aws:(Source(Arn|Account|Owner|OrgID|OrgPaths|Ip|Vpc|Vpce|VpcArn)|Principal(Arn|Account|OrgID|OrgPaths)|PrincipalTag\/.+|userid|VpcSourceIp)|kms:(CallerAccount|ViaService)|lambda:EventSourceToken|s3:(DataAccessPointAccount|DataAccessPointArn))$/i;
