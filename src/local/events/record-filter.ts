import {matchesEventPattern, parseEventPattern} from '../event-pattern.ts';
import type {EventSourceMapping} from '../services/lambda/records.ts';

/**
 * Whether a record passes the filters of a mapping: one of them is enough.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
 */
export function passesFilters(record: object, criteria: EventSourceMapping['FilterCriteria']): boolean {
  return (
    criteria === undefined ||
    criteria.Filters.some(({Pattern}) => matchesEventPattern(parseEventPattern(Pattern), record))
  );
}
