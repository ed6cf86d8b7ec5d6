import {isIdle} from '../change-set.ts';
import type {DraftReview} from './draft-review.ts';
import {widens} from './permission-changes.ts';

type Reviewed = Pick<DraftReview, 'changes' | 'permissions' | 'atRisk'>;

/**
 * What a change set does that was not to be seen in the review that somebody approved, as sentences without a full stop.
 * `expected` are resources that hang on values which were known not to be final.
 */
export function beyondReview(reviewed: Reviewed, now: Reviewed, expected: readonly string[]): readonly string[] {
  const changes = now.changes.flatMap(change => {
    const {logicalId, action} = change;
    const known = reviewed.changes.find(each => each.logicalId === logicalId)?.action;
    if (known === action || isIdle(change, now.changes) || (action === 'Modify' && expected.includes(logicalId)))
      return [];
    return [`${action} ${logicalId}${known === undefined ? '' : `, where ${known} was reviewed`}`];
  });
  const widened = new Set(reviewed.permissions.filter(widens).map(({name}) => name));
  const permissions = now.permissions
    .filter(each => widens(each) && !widened.has(each.name))
    .map(({name}) => `${name} is widened`);
  const risks = now.atRisk
    .filter(({logicalId, fate}) => !reviewed.atRisk.some(each => each.logicalId === logicalId && each.fate === fate))
    .map(({logicalId, fate}) => `${logicalId} ${fate === 'may be replaced' ? fate : `is ${fate}`}`);
  return [...changes, ...permissions, ...risks];
}
