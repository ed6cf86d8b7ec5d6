import type {Access} from '../access/access.ts';
import type {Caller} from '../caller.ts';
import type {Clock} from '../clock.ts';
import {ServiceError} from '../service-error.ts';

export interface LogWriter {
  /** The line belongs to the log from now on; it is sent with the next flush. */
  write(time: number, message: string): void;
  /** Sends what is waiting. Never fails: what the role may not write is lost, as on AWS. */
  flush(): Promise<void>;
}

interface LogWriterOptions {
  readonly access: Access;
  /** The function's role, on whose behalf Lambda writes. */
  readonly caller: Caller;
  readonly clock: Clock;
  readonly logGroup: string;
  readonly logStream: string;
  readonly onLost: (error: ServiceError) => void;
}

/** Long invocations are seen while they run. */
const interval = 500;
/** PutLogEvents takes 1 MB with 26 bytes counted for each event on top, and 10,000 events. */
const maximumBytes = 1_000_000;
const maximumEvents = 10_000;

/** The log stream of one environment: in order, in batches, made when the first line is sent. */
export function openLogWriter({access, caller, clock, logGroup, logStream, onLost}: LogWriterOptions): LogWriter {
  let waiting: {timestamp: number; message: string}[] = [];
  let sending: Promise<void> = Promise.resolve();
  let streamExists = false;
  let cancelTimer: (() => void) | undefined;

  const call = (operation: string, input: object) => access.call(caller, 'logs', operation, input);

  async function makeStream(): Promise<void> {
    try {
      await call('CreateLogStream', {logGroupName: logGroup, logStreamName: logStream});
    } catch (error) {
      if (!isError(error, 'ResourceNotFoundException')) throw error;
      await call('CreateLogGroup', {logGroupName: logGroup}).catch(ignoreExisting);
      await call('CreateLogStream', {logGroupName: logGroup, logStreamName: logStream}).catch(ignoreExisting);
    }
    streamExists = true;
  }

  async function send(events: readonly {timestamp: number; message: string}[]): Promise<void> {
    try {
      if (!streamExists) await makeStream();
      for (const logEvents of batches(events)) {
        await call('PutLogEvents', {logGroupName: logGroup, logStreamName: logStream, logEvents});
      }
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      // Somebody deleted the group or the stream: the next line makes it again, if the role may.
      if (error.code === 'ResourceNotFoundException') streamExists = false;
      onLost(error);
    }
  }

  function flush(): Promise<void> {
    cancelTimer?.();
    cancelTimer = undefined;
    if (waiting.length > 0) {
      const events = waiting;
      waiting = [];
      sending = sending.then(() => send(events));
    }
    return sending;
  }

  return {
    write(timestamp, message) {
      // An event without a message is refused; an empty line is one all the same.
      waiting.push({timestamp, message: message === '' ? ' ' : message});
      cancelTimer ??= clock.after(interval, () => void flush());
    },
    flush,
  };
}

function* batches<T extends {message: string}>(events: readonly T[]): Generator<T[]> {
  let batch: T[] = [];
  let bytes = 0;
  for (const event of events) {
    const size = Buffer.byteLength(event.message) + 26;
    if (batch.length > 0 && (bytes + size > maximumBytes || batch.length === maximumEvents)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(event);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

function ignoreExisting(error: unknown): void {
  if (!isError(error, 'ResourceAlreadyExistsException')) throw error;
}

function isError(error: unknown, code: string): boolean {
  return error instanceof ServiceError && error.code === code;
}
