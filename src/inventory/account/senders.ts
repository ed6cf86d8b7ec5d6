import type {Statement} from '../../model/policy.ts';
import {isUnresolved} from '../../model/resolvable.ts';
import type {ResourcePolicy} from '../../model/resource-policy.ts';

/** On whose behalf a service may send to a resource: the ARNs in its policy, those with wildcards left out. */
export function sendersTo({document}: ResourcePolicy, service: string): readonly string[] {
  return statementsFor(document, service).flatMap(sourceArns).filter(isOne);
}

/** Whether a service may send without saying for whom exactly. */
export function takesFromAny({document}: ResourcePolicy, service: string): boolean {
  return statementsFor(document, service).some(statement => !sourceArns(statement).some(isOne));
}

function statementsFor(document: ResourcePolicy['document'], service: string): readonly Statement[] {
  if (isUnresolved(document)) return [];
  return document.statements.filter(
    ({effect, principal}) => effect === 'Allow' && principal?.Service?.includes(service) === true,
  );
}

function sourceArns({conditions}: Statement): readonly string[] {
  return conditions
    .filter(({operator, key}) => key.toLowerCase() === 'aws:sourcearn' && !operator.includes('Not'))
    .flatMap(({values}) => values.filter(value => typeof value === 'string'));
}

function isOne(arn: string): boolean {
  return !/[*?]/.test(arn);
}
