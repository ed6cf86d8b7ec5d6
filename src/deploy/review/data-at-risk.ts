import type {PlannedChange} from '../change-set.ts';
import {holdsData} from '../holds-data.ts';

/** A resource with data in it that a deployment removes, or puts an empty one in the place of. */
export interface DataAtRisk {
  readonly logicalId: string;
  readonly resourceType: string;
  readonly fate: 'removed' | 'replaced' | 'may be replaced';
  /** Its DeletionPolicy or UpdateReplacePolicy keeps the old one, outside of the stack. */
  readonly kept: boolean;
  /** What asks for the replacement. */
  readonly properties: readonly string[];
}

export function dataAtRisk(changes: readonly PlannedChange[]): readonly DataAtRisk[] {
  return changes.flatMap(change => {
    const fate = fateOf(change);
    if (fate === undefined || !holdsData(change.resourceType)) return [];
    const {logicalId, resourceType, policyAction = ''} = change;
    const properties = change.properties.filter(({recreates}) => recreates).map(({name}) => name);
    return [{logicalId, resourceType, fate, kept: policyAction.endsWith('Retain'), properties}];
  });
}

function fateOf({action, replacement}: PlannedChange): DataAtRisk['fate'] | undefined {
  if (action === 'Remove') return 'removed';
  if (replacement === 'True') return 'replaced';
  // It hangs on a value that CloudFormation only knows when it is there.
  return replacement === 'Conditional' ? 'may be replaced' : undefined;
}
