import {pathOf, type StackEvent} from './events.ts';

/**
 * The oldest failure of a run that is one. What CloudFormation cancels because something else failed, and what stacks
 * say of themselves and of those nested in them, only follow from it. A nested stack that never came to a resource of
 * its own is a failure itself.
 */
export function rootCause(events: readonly StackEvent[]): StackEvent | undefined {
  const failures = events.filter(isFailure);
  return (
    failures.find(({resourceType}) => resourceType !== 'AWS::CloudFormation::Stack') ??
    failures.find(({isStack}) => !isStack)
  );
}

/** Why the stack could not go back either: the oldest failure after its rollback began. */
export function rollbackCause(events: readonly StackEvent[]): StackEvent | undefined {
  return rootCause(rollbackOf(events));
}

/**
 * What could not go back, as a rollback that goes on takes it: `Inbox`, and by the name of its stack what is nested,
 * `orders-Storage-1A2B3C4D5E6F.Inbox`. A nested stack itself cannot be left out as long as it stands.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-continueupdaterollback.html
 */
export function stuckResources(events: readonly StackEvent[]): readonly string[] {
  const nested = events.filter(({isStack, resourceType}) => !isStack && resourceType === 'AWS::CloudFormation::Stack');
  const stackNames = new Map(nested.map(event => [pathOf(event), event.physicalId?.split('/')[1]]));
  const failed = events.filter(
    (event, index) =>
      isFailure(event) && events.slice(0, index).some(before => isOf(before, event.within) && goesBack(before.status)),
  );
  const stuck = failed.flatMap(event => {
    if (event.resourceType === 'AWS::CloudFormation::Stack') return [];
    if (event.within.length === 0) return [event.logicalId];
    const stackName = stackNames.get(event.within.join('/'));
    return stackName === undefined ? [] : [`${stackName}.${event.logicalId}`];
  });
  return [...new Set(stuck)];
}

/** Of the stack itself that is nested there. */
function isOf({isStack, within}: StackEvent, path: readonly string[]): boolean {
  return isStack && within.join('/') === path.join('/');
}

function rollbackOf(events: readonly StackEvent[]): readonly StackEvent[] {
  const begun = events.findIndex(({isStack, within, status}) => isStack && within.length === 0 && goesBack(status));
  return begun < 0 ? [] : events.slice(begun);
}

/** What the stack says of itself, when none of its resources failed: an output that cannot be, a cancellation. */
export function ownReason(events: readonly StackEvent[]): string | undefined {
  return events.find(
    ({isStack, within, status, reason}) =>
      isStack && within.length === 0 && reason !== undefined && (goesBack(status) || status.endsWith('_FAILED')),
  )?.reason;
}

function goesBack(status: string): boolean {
  return status === 'DELETE_IN_PROGRESS' || /^(UPDATE_)?ROLLBACK_IN_PROGRESS$/.test(status);
}

function isFailure({status, reason = '', isStack, detail, hook}: StackEvent): boolean {
  if (/cancell?ed/i.test(reason)) return false;
  if (hook !== undefined) return hook.refuses && /_FAILED$/.test(hook.status);
  if (isStack) return false;
  return status.endsWith('_FAILED') || detail === 'VALIDATION_FAILED';
}
