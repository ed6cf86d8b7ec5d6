import {implies} from '../../iam/implies.ts';
import {coversAction} from '../../iam/match.ts';
import type {Condition, PolicyDocument, Statement} from '../../model/policy.ts';
import {asWritten, isUnresolved, type Resolvable} from '../../model/resolvable.ts';
import {type AccessChange, type AccessLine, conditionTexts} from './access-line.ts';

/** Documents that name who may: trust policies, and the policies of resources. What is not known counts as more. */
export function comparePrincipals(
  before: readonly Resolvable<PolicyDocument>[],
  after: readonly Resolvable<PolicyDocument>[],
): AccessChange {
  const old = before.flatMap(triplesOf);
  const now = after.flatMap(triplesOf);
  const unknown = after.flatMap(unknownParts);
  return {
    widened: [...uncovered(now, old, 'Allow'), ...uncovered(old, now, 'Deny'), ...unknown],
    narrowed: [...uncovered(old, now, 'Allow'), ...uncovered(now, old, 'Deny')],
  };
}

interface Triple {
  readonly effect: Statement['effect'];
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly conditions: readonly Condition[];
}

function uncovered(
  some: readonly Triple[],
  others: readonly Triple[],
  effect: Triple['effect'],
): readonly AccessLine[] {
  const same = others.filter(other => other.effect === effect);
  return some
    .filter(triple => triple.effect === effect && !same.some(other => covers(other, triple)))
    .map(({principal, action, resource, conditions}) => ({
      kind: effect === 'Allow' ? 'allow' : 'deny',
      principal,
      action,
      resource,
      conditions: conditionTexts(conditions),
    }));
}

/** By the text of each member: pieces that only together make up another are not seen as that. */
function covers(wide: Triple, narrow: Triple): boolean {
  return (
    (wide.principal === narrow.principal || (wide.principal === '*' && narrow.principal.startsWith('arn:'))) &&
    coversAction(wide.action, narrow.action) &&
    (wide.resource === narrow.resource || wide.resource === '*') &&
    implies(narrow.conditions, wide.conditions)
  );
}

function triplesOf(document: Resolvable<PolicyDocument>): readonly Triple[] {
  if (isUnresolved(document)) return [];
  return document.statements.flatMap(statement => {
    const {effect, conditions, actions, notActions, resources, notResources} = statement;
    const actionTexts = notActions.length > 0 ? [`not ${texts(notActions)}`] : actions.map(asWritten);
    const resourceTexts = notResources.length > 0 ? [`not ${texts(notResources)}`] : resources.map(asWritten);
    return principalsOf(statement).flatMap(principal =>
      actionTexts.flatMap(action =>
        // A trust policy and a permission name no resource: they are about what they stand at.
        (resourceTexts.length === 0 ? ['itself'] : resourceTexts).map(resource => ({
          effect,
          principal,
          action,
          resource,
          conditions,
        })),
      ),
    );
  });
}

function principalsOf({principal, notPrincipal}: Statement): readonly string[] {
  if (notPrincipal !== undefined) return [`everybody but ${texts(Object.values(notPrincipal).flat())}`];
  return Object.values(principal ?? {})
    .flat()
    .map(asWritten);
}

function unknownParts(document: Resolvable<PolicyDocument>): readonly AccessLine[] {
  const line = ({text, reason}: {text: string; reason: string}): AccessLine => ({kind: 'unknown', name: text, reason});
  if (isUnresolved(document)) return [line(document)];
  return document.statements.flatMap(({actions, notActions, resources, notResources, principal, notPrincipal}) =>
    [
      ...[actions, notActions, resources, notResources].flat(),
      ...Object.values(principal ?? {}).flat(),
      ...Object.values(notPrincipal ?? {}).flat(),
    ]
      .filter(isUnresolved)
      .map(line),
  );
}

function texts(values: readonly Resolvable<string>[]): string {
  return values.map(asWritten).join(', ');
}
