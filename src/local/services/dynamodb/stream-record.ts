import {randomUUID} from 'node:crypto';
import {isDeepStrictEqual} from 'node:util';
import type {EngineTable, StreamViewType} from './table.ts';

type Item = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Who changed an item, when it was DynamoDB itself. */
export interface UserIdentity {
  readonly Type: 'Service';
  readonly PrincipalId: 'dynamodb.amazonaws.com';
}

/** A record as GetRecords answers it. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_Record.html */
export interface StreamRecord extends Omit<StoredRecord, 'dynamodb'> {
  readonly eventVersion: '1.1';
  readonly eventSource: 'aws:dynamodb';
  readonly awsRegion: string;
  readonly dynamodb: StoredRecord['dynamodb'] & {readonly SequenceNumber: string};
}

/** What is kept of it: the rest is the same in every record, or is known only once it is written. */
export interface StoredRecord {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly dynamodb: {
    /** Whole seconds since the epoch. */
    readonly ApproximateCreationDateTime: number;
    readonly Keys: Item;
    readonly NewImage?: Item;
    readonly OldImage?: Item;
    readonly SizeBytes: number;
    readonly StreamViewType: StreamViewType;
  };
  readonly userIdentity?: UserIdentity;
}

export interface Change {
  readonly table: Pick<EngineTable, 'KeySchema'>;
  readonly viewType: StreamViewType;
  readonly before: object | undefined;
  readonly after: object | undefined;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly itemSize: (item: object) => number;
  readonly by?: UserIdentity | undefined;
}

/** Nothing for a write that leaves the item as it was: DynamoDB writes no record of it. */
export function recordOf({table, viewType, before, after, time, itemSize, by}: Change): StoredRecord | undefined {
  const old = before as Item | undefined;
  const now = after as Item | undefined;
  const either = now ?? old;
  if (either === undefined || (old !== undefined && now !== undefined && sameItem(old, now))) return undefined;
  const Keys = Object.fromEntries(table.KeySchema.map(({AttributeName}) => [AttributeName, either[AttributeName]!]));
  const NewImage = viewType === 'NEW_IMAGE' || viewType === 'NEW_AND_OLD_IMAGES' ? now : undefined;
  const OldImage = viewType === 'OLD_IMAGE' || viewType === 'NEW_AND_OLD_IMAGES' ? old : undefined;
  return {
    eventID: randomUUID().replaceAll('-', ''),
    eventName: old === undefined ? 'INSERT' : now === undefined ? 'REMOVE' : 'MODIFY',
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(time / 1000),
      Keys,
      ...(NewImage && {NewImage}),
      ...(OldImage && {OldImage}),
      SizeBytes: [Keys, NewImage, OldImage].reduce((sum, image) => sum + (image ? itemSize(image) : 0), 0),
      StreamViewType: viewType,
    },
    ...(by && {userIdentity: by}),
  };
}

function sameItem(a: Item, b: Item): boolean {
  return isDeepStrictEqual(comparable(a), comparable(b));
}

const sets = new Set(['SS', 'NS', 'BS']);

/** Sets without their order, and maps without the prototype that dynalite leaves out of what it clones. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      sets.has(name) && Array.isArray(member) && typeof member[0] === 'string'
        ? [...member].sort()
        : comparable(member),
    ]),
  );
}

/** A number as AWS writes it: of one width, so that text sorts as the numbers do. */
export function sequenceNumber(sequence: number): string {
  return `1${String(sequence).padStart(20, '0')}`;
}

/** The number that a SequenceNumber stands for; undefined for one that this cloud never wrote. */
export function sequenceOf(text: string): number | undefined {
  return /^1\d{20}$/.test(text) ? Number(text.slice(1)) : undefined;
}
