import {createHash} from 'node:crypto';
import type {Clock} from '../../clock.ts';
import {ServiceError} from '../../service-error.ts';
import type {Collection, State} from '../../state.ts';
import type {Space} from './items.ts';
import type {StreamLog} from './stream-log.ts';
import {recordOf, type UserIdentity} from './stream-record.ts';
import type {EngineTable, KeySchemaElement, StreamViewType} from './table.ts';

/** A stream as it is kept: it stays readable for a day after it was switched off or its table deleted. */
export interface TableStream {
  readonly arn: string;
  readonly label: string;
  readonly tableName: string;
  readonly viewType: StreamViewType;
  readonly keySchema: readonly KeySchemaElement[];
  /** Milliseconds since the epoch, here and below. */
  readonly createdAt: number;
  readonly disabledAt?: number;
  /** Numbers in the log between which its records lie. */
  readonly first: number;
  readonly last?: number;
}

const day = 86_400_000;
const hour = 3_600_000;

interface StreamsOptions {
  readonly state: State;
  readonly log: StreamLog;
  readonly clock: Clock;
}

/** The streams of all tables. A stream is one shard here: its records come in the order of the writes. */
export class Streams {
  readonly log: StreamLog;
  readonly #clock: Clock;
  readonly #streams: Collection<TableStream>;
  readonly #listeners = new Set<(streamArn: string) => void>();
  #cancelTrim: (() => void) | undefined;

  constructor({state, log, clock}: StreamsOptions) {
    this.log = log;
    this.#clock = clock;
    this.#streams = state.collection('dynamodb streams');
    this.#trimLater();
  }

  /** Calls `listener` whenever a stream has new records; the answer ends that. */
  onRecords(listener: (streamArn: string) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** By ARN, the streams of one table or of all. */
  list(tableName?: string): TableStream[] {
    return [...this.#streams.values()]
      .filter(stream => tableName === undefined || stream.tableName === tableName)
      .sort((a, b) => (a.arn < b.arn ? -1 : 1));
  }

  get(arn: string): TableStream {
    const stream = this.#streams.get(arn);
    if (stream === undefined)
      throw new ServiceError('ResourceNotFoundException', `Requested resource not found: Stream: ${arn} not found`);
    return stream;
  }

  /** What a table's description says of its new stream. */
  enable(
    {TableName, TableArn, KeySchema}: Pick<EngineTable, 'TableName' | 'TableArn' | 'KeySchema'>,
    viewType: StreamViewType,
  ): Pick<EngineTable, 'StreamSpecification' | 'LatestStreamArn' | 'LatestStreamLabel'> {
    let time = this.#clock.now();
    // The label is the time: two streams of a table within a millisecond would have one ARN.
    while (this.#streams.has(`${TableArn}/stream/${labelOf(time)}`)) time++;
    const label = labelOf(time);
    const arn = `${TableArn}/stream/${label}`;
    this.#streams.set(arn, {
      arn,
      label,
      tableName: TableName,
      viewType,
      keySchema: KeySchema,
      createdAt: this.#clock.now(),
      first: this.log.last() + 1,
    });
    this.#trimLater();
    return {
      StreamSpecification: {StreamEnabled: true, StreamViewType: viewType},
      LatestStreamArn: arn,
      LatestStreamLabel: label,
    };
  }

  disable(arn: string): void {
    const stream = this.#streams.get(arn);
    if (stream === undefined || stream.disabledAt !== undefined) return;
    this.#streams.set(arn, {...stream, disabledAt: this.#clock.now(), last: this.log.last()});
    this.#tell(arn);
  }

  /** Switches off what a table left behind whose deletion, or creation, was interrupted. */
  disableAllBut(current: ReadonlySet<string>): void {
    for (const {arn} of this.list()) if (!current.has(arn)) this.disable(arn);
  }

  /** Records of before this time are gone. */
  get horizon(): number {
    return this.#clock.now() - day;
  }

  /** Watches the writes of one transaction; `announce` is for when it is committed. */
  watch(itemSize: (item: object) => number, by?: UserIdentity) {
    const written = new Set<string>();
    const watch = (space: Space, table: EngineTable): Space => {
      const {LatestStreamArn: arn, StreamSpecification: specification} = table;
      if (arn === undefined || specification === undefined) return space;
      return observed(space, (before, after) => {
        const time = this.#clock.now();
        const record = recordOf({table, viewType: specification.StreamViewType, before, after, time, itemSize, by});
        if (record === undefined) return;
        this.log.append(arn, time, record);
        written.add(arn);
      });
    };
    return {
      watch,
      announce: () => {
        for (const arn of written) this.#tell(arn);
      },
    };
  }

  close(): void {
    this.#cancelTrim?.();
    this.#listeners.clear();
  }

  #tell(arn: string): void {
    for (const listener of this.#listeners) listener(arn);
  }

  #trimLater(): void {
    if (this.#cancelTrim !== undefined || this.#streams.size === 0) return;
    this.#cancelTrim = this.#clock.after(hour, () => {
      this.#cancelTrim = undefined;
      this.log.trim(this.horizon);
      for (const {arn, disabledAt} of this.list())
        if (disabledAt !== undefined && disabledAt < this.horizon) {
          this.log.drop(arn);
          this.#streams.delete(arn);
        }
      this.#trimLater();
    });
  }
}

/** A space that says what each write found and what it left. */
function observed(space: Space, changed: (before: object | undefined, after: object | undefined) => void): Space {
  const read = (key: string) => {
    let item: object | undefined;
    space.get(key, (_error, value) => {
      item = value;
    });
    return item;
  };
  return {
    ...space,
    put(key, value, callback) {
      changed(read(key), value);
      space.put(key, value, callback);
    },
    del(key, callback) {
      changed(read(key), undefined);
      space.del(key, callback);
    },
  };
}

/** `2026-01-01T00:00:00.000`. */
function labelOf(time: number): string {
  return new Date(time).toISOString().slice(0, -1);
}

export function shardIdOf({arn, createdAt}: TableStream): string {
  const hash = createHash('sha256').update(arn).digest('hex').slice(0, 8);
  return `shardId-${String(createdAt).padStart(20, '0')}-${hash}`;
}
