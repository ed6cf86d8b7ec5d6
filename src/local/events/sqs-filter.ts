import {matchesPattern} from '../services/lambda/event-pattern.ts';
import type {EventSourceMapping} from '../services/lambda/records.ts';
import type {SqsRecord} from './sqs-records.ts';

/**
 * Whether a record passes the filters of a mapping: one of them is enough. The body counts as the JSON it holds; a
 * pattern for fields of a body that holds none does not fit, nor does a pattern for text when it is JSON.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html
 */
export function passesFilters(record: SqsRecord, criteria: EventSourceMapping['FilterCriteria']): boolean {
  if (criteria === undefined) return true;
  const event = {...record, body: bodyOf(record.body)};
  return criteria.Filters.some(({Pattern}) => matchesPattern(Pattern, event));
}

function bodyOf(body: string): unknown {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null ? parsed : body;
  } catch {
    return body;
  }
}
