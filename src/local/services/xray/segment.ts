import {isObject} from '../../../model/is-object.ts';
/** A piece of a trace, as far as X-Ray itself looks into it; the document is kept as it was sent. */
export interface Segment {
  readonly id: string;
  readonly traceId: string;
  /** Seconds since the epoch. */
  readonly start: number;
  /** Absent while it is in progress. */
  readonly end?: number;
  readonly fault: boolean;
  readonly error: boolean;
  readonly throttle: boolean;
  readonly document: string;
}

/**
 * Reads a segment document; a text says why it is none.
 * https://docs.aws.amazon.com/xray/latest/devguide/aws-xray-interface-api.html
 */
export function readSegment(document: string): Segment | string {
  const fields = parsed(document);
  if (fields === undefined) return 'The document is not a JSON object';
  const {id, trace_id: traceId, name, start_time: start, end_time: end, in_progress: inProgress} = fields;
  if (typeof id !== 'string' || !/^[\da-f]{16}$/.test(id)) return 'id must be 16 hexadecimal digits';
  if (typeof traceId !== 'string' || !/^1-[\da-f]{8}-[\da-f]{24}$/.test(traceId))
    return 'trace_id must have the form 1-58406520-a006649127e371903a2de979';
  if (typeof name !== 'string' || name === '' || name.length > 200) return 'name must have 1 to 200 characters';
  if (typeof start !== 'number') return 'start_time must be a number of seconds';
  if (typeof end !== 'number' && inProgress !== true)
    return 'end_time must be a number of seconds, or in_progress true';
  const says = (field: string) => fields[field] === true;
  return {
    id,
    traceId,
    start,
    ...(typeof end === 'number' && {end}),
    fault: says('fault'),
    error: says('error'),
    throttle: says('throttle'),
    document,
  };
}

function parsed(document: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(document);
    return isObject(value) ? {...value} : undefined;
  } catch {
    return undefined;
  }
}
