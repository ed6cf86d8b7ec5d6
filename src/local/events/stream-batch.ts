import {randomUUID} from 'node:crypto';
import type {Clock} from '../clock.ts';
import type {Disorder} from '../disorder.ts';
import {ServiceError} from '../service-error.ts';
import type {StreamMapping} from '../services/lambda/records.ts';
import type {LambdaStore} from '../services/lambda/store.ts';
import {firstFailed} from './batch-response.ts';
import {pause} from './pause.ts';
import type {GivenUp} from './stream-failure.ts';
import {payloadOf} from './stream-payload.ts';
import type {PendingRecord} from './stream-record.ts';

export interface StreamBatchOptions {
  readonly mapping: StreamMapping;
  readonly lambda: LambdaStore;
  readonly clock: Clock;
  readonly disorder?: Disorder | undefined;
  /** Ends the attempts: what is not done with then is read again at the next start. */
  readonly signal: AbortSignal;
  /** Told of records that need no more attention, in their order. */
  finish(records: readonly PendingRecord[]): void;
  giveUp(given: GivenUp): Promise<void>;
  /** The mapping's LastProcessingResult. */
  note(result: string): void;
  onIteratorAge(milliseconds: number): void;
}

/** Records that are tried together. */
interface Part {
  readonly records: readonly PendingRecord[];
  readonly invocations: number;
  /** Attempts that failed since the records were last split. */
  readonly failures: number;
  readonly last?: GivenUp['last'];
}

const firstPause = 500;
const longestPause = 60_000;
const day = 86_400_000;

/**
 * Invokes the function until every record is processed or given up. A failing batch holds up what stands behind it, so
 * it is split where the mapping says so, which costs none of the retries: a bad record ends up alone.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
export async function processStreamBatch(
  records: readonly PendingRecord[],
  options: StreamBatchOptions,
): Promise<void> {
  const parts: Part[] = [{records, invocations: 0, failures: 0}];
  let troubles = 0;
  for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
    const live = await withoutExpired(part, options);
    if (options.signal.aborted) return;
    if (live === undefined) continue;
    const outcome = await attempt(live, options);
    if (options.signal.aborted && outcome.kind !== 'done') return;
    if (outcome.kind === 'done') {
      troubles = 0;
      options.note('OK');
    } else if (outcome.kind === 'trouble') {
      parts.unshift(live);
      await pause(pauseAfter(troubles++), options.clock, options.signal);
    } else {
      troubles = 0;
      parts.unshift(...(await afterFailure(outcome.rest, outcome.advanced, options)));
    }
  }
}

/** What is left of the part once the records that are too old are given up. */
async function withoutExpired(part: Part, {mapping, clock, finish, giveUp}: StreamBatchOptions) {
  const {MaximumRecordAgeInSeconds: seconds} = mapping;
  // The stream itself keeps them no longer than a day.
  const oldest = clock.now() - (seconds < 0 ? day : Math.min(seconds * 1000, day));
  const firstLive = part.records.findIndex(({createdAt}) => createdAt >= oldest);
  if (firstLive === 0) return part;
  const expired = firstLive < 0 ? part.records : part.records.slice(0, firstLive);
  const {invocations, last} = part;
  await giveUp({records: expired, condition: 'RecordAgeExceeded', invocations, last});
  finish(expired);
  return firstLive < 0 ? undefined : {...part, records: part.records.slice(firstLive)};
}

type Outcome =
  | {readonly kind: 'done'}
  /** The function did not run: that is no attempt. */
  | {readonly kind: 'trouble'}
  | {readonly kind: 'failed'; readonly rest: Part; readonly advanced: boolean};

async function attempt(part: Part, options: StreamBatchOptions): Promise<Outcome> {
  const {mapping, lambda, clock, disorder, finish, note, onIteratorAge} = options;
  const {records} = part;
  const requestId = randomUUID();
  onIteratorAge(Math.max(0, clock.now() - records.at(-1)!.createdAt));
  try {
    const target = lambda.target(lambda.reference(mapping.FunctionArn));
    const result = await lambda.invoke(target, {requestId, payload: Buffer.from(payloadOf(records))});
    const failedAt = failedIndex(result, records, mapping);
    if (failedAt === undefined) {
      // As when Lambda loses its place in the shard: what the second attempt says, counts.
      if (disorder?.repeats(target.configuration.FunctionName))
        return await attempt(part, {...options, disorder: undefined});
      finish(records);
      return {kind: 'done'};
    }
    note(
      result.functionError === undefined
        ? `PROBLEM: ${records.length - failedAt} of ${records.length} records failed`
        : 'PROBLEM: Function call failed',
    );
    // The environment may have been ended with the embedded AWS: then this is no answer of the function's own.
    if (failedAt > 0) finish(records.slice(0, failedAt));
    const rest: Part = {
      records: records.slice(failedAt),
      invocations: part.invocations + 1,
      failures: part.failures + 1,
      last: {requestId, target, result},
    };
    return {kind: 'failed', rest, advanced: failedAt > 0};
  } catch (error) {
    const throttled = error instanceof ServiceError && error.status === 429;
    note(throttled ? 'PROBLEM: Function call was throttled' : `PROBLEM: ${(error as Error).message}`);
    return {kind: 'trouble'};
  }
}

/** Where in the batch the function failed; undefined when it did not. */
function failedIndex(
  {functionError, payload}: {readonly functionError?: 'Unhandled'; readonly payload: Uint8Array},
  records: readonly PendingRecord[],
  mapping: StreamMapping,
): number | undefined {
  if (functionError !== undefined) return 0;
  if (!mapping.FunctionResponseTypes.includes('ReportBatchItemFailures')) return undefined;
  return firstFailed(
    payload,
    records.map(({sequence}) => sequence),
  );
}

/** The parts to try next; none when the records are given up. */
async function afterFailure(rest: Part, advanced: boolean, options: StreamBatchOptions): Promise<readonly Part[]> {
  const {mapping, clock, signal, finish, giveUp} = options;
  const {records, failures} = rest;
  if (mapping.BisectBatchOnFunctionError) {
    // A response that says where it failed has split the batch already.
    if (advanced) return [{...rest, failures: 0}];
    const middle = Math.ceil(records.length / 2);
    if (records.length > 1)
      return [records.slice(0, middle), records.slice(middle)].map(half => ({...rest, records: half, failures: 0}));
  }
  if (mapping.MaximumRetryAttempts >= 0 && failures > mapping.MaximumRetryAttempts) {
    const {invocations, last} = rest;
    await giveUp({records, condition: 'RetryAttemptsExhausted', invocations, last});
    finish(records);
    return [];
  }
  await pause(pauseAfter(failures - 1), clock, signal);
  return [rest];
}

function pauseAfter(failures: number): number {
  return Math.min(firstPause * 2 ** failures, longestPause);
}
