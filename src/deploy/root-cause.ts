import type {StackEvent} from './events.ts';

/**
 * The oldest failure of a run that is one: what CloudFormation cancels because something else failed, and what the
 * stack says of itself, only follow from it.
 */
export function rootCause(events: readonly StackEvent[]): StackEvent | undefined {
  return events.find(
    ({status, reason, isStack}) => status.endsWith('_FAILED') && !isStack && !/cancell?ed/i.test(reason ?? ''),
  );
}
