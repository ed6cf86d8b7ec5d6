import {ServiceError} from '../../service-error.ts';
import type {LogGroup, LogStream, LogsStore, StoredEvent} from './store.ts';

const day = 86_400_000;
const mostEvents = 10_000;
const mostBytes = 1_048_576;
const tooNew = 2 * 3_600_000;
const tooOld = 14 * day;

interface InputEvent {
  readonly timestamp: number;
  readonly message: string;
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
export interface Accepted {
  readonly events: readonly InputEvent[];
  readonly rejectedLogEventsInfo?: {
    readonly tooNewLogEventStartIndex?: number;
    readonly tooOldLogEventEndIndex?: number;
    readonly expiredLogEventEndIndex?: number;
  };
}

/** Refuses a batch that breaks a rule, and leaves out the events that are too old or too new. */
export function acceptEvents(events: readonly InputEvent[], group: LogGroup, store: LogsStore): Accepted {
  checkBatch(events);
  const now = store.clock.now();
  const expired = events.findLastIndex(({timestamp}) => timestamp < store.expiry(group)) + 1;
  const old = events.findLastIndex(({timestamp}) => timestamp < now - tooOld) + 1;
  const firstNew = events.findIndex(({timestamp}) => timestamp > now + tooNew);
  const accepted = events.slice(Math.max(expired, old), firstNew < 0 ? undefined : firstNew);
  if (accepted.length === events.length) return {events: accepted};
  return {
    events: accepted,
    rejectedLogEventsInfo: {
      ...(expired > 0 && {expiredLogEventEndIndex: expired}),
      ...(old > 0 && {tooOldLogEventEndIndex: old}),
      ...(firstNew >= 0 && {tooNewLogEventStartIndex: firstNew}),
    },
  };
}

function checkBatch(events: readonly InputEvent[]): void {
  if (events.length === 0 || events.length > mostEvents)
    throw invalid(
      `1 validation error detected: Value at 'logEvents' failed to satisfy constraint: Member must have length between 1 and ${mostEvents}`,
    );
  if (events.some(({message}) => message === '')) throw invalid('Log event message must have at least one character.');
  if (events.some(({timestamp}, index) => index > 0 && timestamp < events[index - 1]!.timestamp))
    throw invalid('Log events in a single PutLogEvents request must be in chronological order.');
  if (events.at(-1)!.timestamp - events[0]!.timestamp > day)
    throw invalid('The batch of log events in a single PutLogEvents request cannot span more than 24 hours.');
  const bytes = events.reduce((sum, {message}) => sum + Buffer.byteLength(message) + 26, 0);
  if (bytes > mostBytes) throw invalid(`Upload too large: ${bytes} bytes exceeds limit of ${mostBytes}`);
}

interface Window {
  readonly startTime?: number | undefined;
  readonly endTime?: number | undefined;
  readonly nextToken?: string | undefined;
  readonly limit?: number | undefined;
  readonly startFromHead?: boolean | undefined;
}

/**
 * A page of one stream. Both tokens are always there; the one that leads nowhere yet is the one that was given,
 * which is how a reader knows that it has reached the end.
 */
export function pageOfStream(group: LogGroup, stream: LogStream, window: Window, store: LogsStore) {
  const all = store.read(group, [stream], window.startTime, window.endTime);
  const limit = window.limit ?? mostEvents;
  const token = parseToken(window.nextToken);
  const page = pageFrom(all, limit, token, window.startFromHead ?? false);
  const here = token?.place ?? {timestamp: 0, sequence: 0};
  return {
    events: page,
    nextForwardToken: formatToken('f', page.at(-1) ?? here),
    nextBackwardToken: formatToken('b', page[0] ?? here),
  };
}

interface Place {
  readonly timestamp: number;
  readonly sequence: number;
}

function pageFrom(
  all: readonly StoredEvent[],
  limit: number,
  token: {readonly direction: string; readonly place: Place} | undefined,
  fromHead: boolean,
): readonly StoredEvent[] {
  if (token?.direction === 'f') return all.filter(event => comesAfter(event, token.place)).slice(0, limit);
  const candidates = token === undefined ? all : all.filter(event => comesAfter(token.place, event));
  return token === undefined && fromHead ? candidates.slice(0, limit) : candidates.slice(-limit);
}

export function comesAfter(event: Place, place: Place): boolean {
  return event.timestamp > place.timestamp || (event.timestamp === place.timestamp && event.sequence > place.sequence);
}

function parseToken(text: string | undefined): {direction: string; place: Place} | undefined {
  if (text === undefined) return undefined;
  const match = /^([fb])\/(\d+)-(\d+)\/s$/.exec(text);
  if (match === null) throw invalid('The specified nextToken is invalid.');
  return {direction: match[1]!, place: {timestamp: Number(match[2]), sequence: Number(match[3])}};
}

function formatToken(direction: 'f' | 'b', {timestamp, sequence}: Place): string {
  return `${direction}/${timestamp}-${sequence}/s`;
}

function invalid(message: string): ServiceError {
  return new ServiceError('InvalidParameterException', message);
}
