import type {IdentityPolicy} from '../../model/execution-role.ts';
import type {LambdaFunction} from '../../model/lambda-function.ts';
import {isUnresolved} from '../../model/resolvable.ts';
import type {AccountIdentity} from './account-identity.ts';

/** The resources of an account and region that the roles of functions are allowed to use by name, as ARNs. */
export function namedArns(
  functions: readonly LambdaFunction[],
  policies: readonly IdentityPolicy[],
  here: AccountIdentity,
): readonly string[] {
  const roles = new Set<unknown>(functions.map(({role}) => role));
  const resources = policies
    .filter(policy => policy.roles.some(role => roles.has(role)))
    .flatMap(({document}) => (isUnresolved(document) ? [] : document.statements))
    .filter(({effect}) => effect === 'Allow')
    .flatMap(statement => statement.resources);
  const named = resources.flatMap(resource => (isUnresolved(resource) ? [] : (inPlace(resource, here) ?? [])));
  return [...new Set(named)].filter(isOne).sort();
}

/** A pattern for every region and account stands for this one, too. */
function inPlace(arn: string, {account, region}: AccountIdentity): string | undefined {
  const [prefix, partition, service, itsRegion, itsAccount, ...rest] = arn.split(':');
  if (!isOrStar(itsRegion, region) || !isOrStar(itsAccount, account)) return undefined;
  return [prefix, partition, service, region, account, nameOf(service, rest.join(':'))].join(':');
}

function isOrStar(written: string | undefined, actual: string): boolean {
  return written === actual || written === '*';
}

/** Of a table its indexes and streams go along; of a secret the six characters that nobody knows beforehand. */
function nameOf(service: string | undefined, resource: string): string {
  if (service === 'dynamodb') return resource.split('/').slice(0, 2).join('/');
  return service === 'secretsmanager' ? resource.replace(/-(\?{6}|\*)$/, '') : resource;
}

function isOne(arn: string): boolean {
  return !/[*?$]/.test(arn);
}
