import {randomUUID} from 'node:crypto';
import type {Clock} from '../../clock.ts';
import {ServiceError} from '../../service-error.ts';
import type {Collection, Journal, State} from '../../state.ts';
import type {EndedQuery} from './insights/ended-query.ts';
import type {MetricFilter} from './metric-filter.ts';
import type {MetricSample} from './metric-sample.ts';

export interface LogsOptions {
  readonly state: State;
  readonly clock: Clock;
  readonly account: string;
  readonly region: string;
  /** Told of every observation that a metric filter or an embedded metric makes; whoever builds the cloud passes them on. */
  readonly onMetric?: (sample: MetricSample) => void;
}

export interface LogGroup {
  readonly name: string;
  readonly creationTime: number;
  readonly retentionInDays?: number;
  readonly deletionProtectionEnabled: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

export interface LogStream {
  readonly group: string;
  readonly name: string;
  /** What its events are kept under: those of a deleted stream never appear in a new one of its name. */
  readonly id: string;
  readonly creationTime: number;
  readonly firstEventTimestamp?: number;
  readonly lastEventTimestamp?: number;
  readonly lastIngestionTime?: number;
  readonly storedBytes: number;
}

export interface LogEvent {
  readonly message: string;
  readonly ingestionTime: number;
}

export interface StoredEvent extends LogEvent {
  readonly sequence: number;
  readonly timestamp: number;
  readonly stream: string;
}

const day = 86_400_000;
const sweepInterval = 3_600_000;
/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const keepsResults = 7 * day;

export class LogsStore {
  readonly clock: Clock;
  readonly account: string;
  readonly region: string;
  readonly groups: Collection<LogGroup>;
  readonly metricFilters: Collection<MetricFilter>;
  readonly queries: Collection<EndedQuery>;
  readonly onMetric: (sample: MetricSample) => void;
  readonly #state: State;
  readonly #streams: Collection<LogStream>;
  readonly #events: Journal<LogEvent>;
  #cancelSweep: () => void;

  constructor({state, clock, account, region, onMetric = () => {}}: LogsOptions) {
    this.clock = clock;
    this.account = account;
    this.region = region;
    this.onMetric = onMetric;
    this.#state = state;
    this.groups = state.collection('logs groups');
    this.metricFilters = state.collection('logs metric filters');
    this.queries = state.collection('logs queries');
    this.#streams = state.collection('logs streams');
    this.#events = state.journal('logs events');
    this.#cancelSweep = clock.after(sweepInterval, () => this.#sweep());
  }

  group(name: string): LogGroup {
    const group = this.groups.get(name);
    if (group === undefined)
      throw new ServiceError('ResourceNotFoundException', 'The specified log group does not exist.');
    return group;
  }

  stream(group: string, name: string): LogStream {
    this.group(group);
    const stream = this.#streams.get(streamKey(group, name));
    if (stream === undefined)
      throw new ServiceError('ResourceNotFoundException', 'The specified log stream does not exist.');
    return stream;
  }

  streamsOf(group: string): LogStream[] {
    return [...this.#streams.values()].filter(stream => stream.group === group);
  }

  query(id: string): EndedQuery {
    const query = this.queries.get(id);
    if (query === undefined) throw new ServiceError('ResourceNotFoundException', `Query ID ${id} does not exist.`);
    return query;
  }

  metricFiltersOf(group: string): MetricFilter[] {
    return [...this.metricFilters.values()].filter(filter => filter.logGroupName === group);
  }

  createStream(group: string, name: string): void {
    this.group(group);
    if (this.#streams.has(streamKey(group, name)))
      throw new ServiceError('ResourceAlreadyExistsException', 'The specified log stream already exists');
    const stream = {group, name, id: randomUUID(), creationTime: this.clock.now(), storedBytes: 0};
    this.#streams.set(streamKey(group, name), stream);
  }

  deleteStream(stream: LogStream): void {
    this.#state.transaction(() => {
      this.#streams.delete(streamKey(stream.group, stream.name));
      this.#events.deleteKey(stream.id);
    });
  }

  deleteGroup(name: string): void {
    this.#state.transaction(() => {
      for (const stream of this.streamsOf(name)) this.deleteStream(stream);
      for (const filter of this.metricFiltersOf(name)) this.metricFilters.delete(metricFilterKey(filter));
      this.groups.delete(name);
    });
  }

  /** What is made of events, such as metrics, is kept together with them. */
  transaction<T>(change: () => T): T {
    return this.#state.transaction(change);
  }

  append(stream: LogStream, events: readonly {readonly timestamp: number; readonly message: string}[]): void {
    const ingestionTime = this.clock.now();
    const times = events.map(event => event.timestamp);
    this.#state.transaction(() => {
      for (const {timestamp, message} of events) this.#events.append(stream.id, timestamp, {message, ingestionTime});
      this.#streams.set(streamKey(stream.group, stream.name), {
        ...stream,
        firstEventTimestamp: Math.min(stream.firstEventTimestamp ?? Number.POSITIVE_INFINITY, ...times),
        lastEventTimestamp: Math.max(stream.lastEventTimestamp ?? 0, ...times),
        lastIngestionTime: ingestionTime,
        storedBytes: stream.storedBytes + events.reduce((sum, {message}) => sum + Buffer.byteLength(message) + 26, 0),
      });
    });
  }

  /** Events of the streams in the order of their time, those past the group's retention left out; `to` is exclusive. */
  read(group: LogGroup, streams: readonly LogStream[], from = 0, to?: number): StoredEvent[] {
    const earliest = Math.max(from, this.expiry(group));
    return streams
      .flatMap(stream =>
        this.#events
          .read({key: stream.id, from: earliest, ...(to !== undefined && {to})})
          .map(({sequence, time, entry}) => ({...entry, sequence, timestamp: time, stream: stream.name})),
      )
      .sort((a, b) => a.timestamp - b.timestamp || a.sequence - b.sequence);
  }

  /** Events before this are gone. */
  expiry({retentionInDays}: LogGroup): number {
    return retentionInDays === undefined ? 0 : this.clock.now() - retentionInDays * day;
  }

  close(): void {
    this.#cancelSweep();
  }

  #sweep(): void {
    for (const stream of this.#streams.values()) {
      const group = this.groups.get(stream.group);
      if (group?.retentionInDays !== undefined) this.#events.deleteBefore(stream.id, this.expiry(group));
    }
    for (const {id, startedAt} of this.queries.values())
      if (startedAt < this.clock.now() - keepsResults) this.queries.delete(id);
    this.#cancelSweep = this.clock.after(sweepInterval, () => this.#sweep());
  }
}

function streamKey(group: string, name: string): string {
  // Neither name may hold a colon.
  return `${group}:${name}`;
}

export function metricFilterKey({logGroupName, filterName}: {logGroupName: string; filterName: string}): string {
  return `${logGroupName}:${filterName}`;
}
