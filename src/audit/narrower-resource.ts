import {actionCanMatch, describeAction, expandAction} from '../iam/catalogue.ts';
import type {Inventory} from '../model/inventory.ts';
import type {NamedResource} from '../model/named-resource.ts';
import type {Statement} from '../model/policy.ts';

/**
 * The smallest change that narrows an action from `*`: which resource of the template it could name, and which actions
 * of its statement have to keep the star.
 */
export function narrowerRemedy(action: string, statement: Statement, inventory: Inventory): string | undefined {
  const candidates = namedCandidates(action, inventory).map(({reference}) => reference);
  if (candidates.length === 0 && !isRestrictable(action)) return withoutResource(action);
  const kept = statement.actions.filter(other => typeof other === 'string' && isMustBeStar(other));
  const split = kept.length === 0 ? [] : [splitting(kept.map(String))];
  const name =
    candidates.length === 0 || candidates.length > 4
      ? kept.length === 0
        ? []
        : ['Name the resource for the others.']
      : [
          `Name ${candidates.length === 1 ? 'the one that this template has' : 'what it needs of this template'}: ${candidates.join(', ')}.`,
        ];
  return split.length + name.length === 0 ? undefined : [...split, ...name].join(' ');
}

/** To name one resource takes away the calls that name none. */
function withoutResource(action: string): string {
  return action.toLowerCase() === 'cloudwatch:putmetricdata'
    ? 'Narrow it by a condition on cloudwatch:namespace.'
    : 'Where every call names a resource, name it here; where some name none, it has to stay as it is.';
}

function splitting(kept: readonly string[]): string {
  if (kept.length === 1) return `Split the statement: ${kept[0]} knows no resource and keeps "*" in one of its own.`;
  const shown = kept.length > 4 ? `${kept.slice(0, 3).join(', ')} and ${kept.length - 3} more` : kept.join(', ');
  return `Split the statement: ${shown} know no resource and keep "*" in one of their own.`;
}

function canName(action: string, arn: string): boolean {
  return actionsOf(action).some(one => actionCanMatch(one, arn));
}

/** What the template has that an action could name, and how it is written there. */
export function namedCandidates(action: string, {named = []}: Inventory): readonly NamedResource[] {
  return named.flatMap(resource => {
    const {arn, reference} = resource;
    if (canName(action, arn)) return [resource];
    // An action on objects names the bucket's contents.
    return canName(action, `${arn}/*`) && arn.includes(':s3:::')
      ? [{...resource, reference: contentsOf(reference)}]
      : [];
  });
}

function isRestrictable(action: string): boolean {
  return actionsOf(action).some(one => describeAction(one)?.class === 'restrictable');
}

export function isMustBeStar(action: string): boolean {
  const actions = actionsOf(action).map(describeAction);
  return actions.length > 0 && actions.every(described => described?.class === 'must-be-star');
}

function actionsOf(pattern: string): readonly string[] {
  return /[*?]/.test(pattern) ? expandAction(pattern) : [pattern];
}

/** `!GetAtt Receipts.Arn` -> `!Sub ${Receipts.Arn}/*`, and `aws_s3_bucket.receipts.arn` -> `"${aws_s3_bucket.receipts.arn}/*"`. */
function contentsOf(reference: string): string {
  return reference.startsWith('!') ? reference.replace(/^!GetAtt (.+)$/, '!Sub $${$1}/*') : `"\${${reference}}/*"`;
}
