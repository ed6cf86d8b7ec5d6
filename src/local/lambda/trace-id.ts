import {randomBytes} from 'node:crypto';

/** Where an invocation stands in a trace. */
export interface TraceContext {
  /** `1-58406520-a006649127e371903a2de979`. */
  readonly traceId: string;
  /** Of the function's own segment. */
  readonly segmentId: string;
  readonly sampled: boolean;
}

/** A new trace; X-Ray samples one request a second and a twentieth of the rest, here it is each. */
export function newTrace(time: number, sampled: boolean): TraceContext {
  const epoch = Math.floor(time / 1000)
    .toString(16)
    .padStart(8, '0');
  const random = randomBytes(20).toString('hex');
  return {traceId: `1-${epoch}-${random.slice(0, 24)}`, segmentId: random.slice(24), sampled};
}

/** The X-Ray header, as the handler finds it in `_X_AMZN_TRACE_ID`. */
export function traceHeader({traceId, segmentId, sampled}: TraceContext): string {
  return `Root=${traceId};Parent=${segmentId};Sampled=${sampled ? 1 : 0}`;
}
