import {Malformed} from './failure.ts';

/** One object, as it was when S3 told of it. */
export interface StoredObject {
  readonly bucket: string;
  readonly key: string;
  readonly size: number;
  readonly etag: string;
  /** Orders the events of one key; see `comparableSequencer`. */
  readonly sequencer: string;
}

export interface ObjectCreated {
  readonly object: StoredObject;
  /** A message body that tells of this object alone: what is retried or recorded when it fails. */
  readonly body: string;
}

/**
 * Reads an S3 event notification as it comes from SQS. S3 sends `s3:TestEvent` when notifications are set up: it
 * tells of nothing. https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
export function readNotification(body: string): readonly ObjectCreated[] {
  const event = parse(body);
  if (event.Event === 's3:TestEvent') return [];
  if (!Array.isArray(event.Records))
    throw new Malformed('The message is not an S3 event notification: it has no Records');
  return event.Records.map((record: S3Record, index) => ({
    object: storedObject(record, index),
    body: JSON.stringify({Records: [record]}),
  }));
}

/**
 * Sequencers are hexadecimal strings of different lengths: the shorter one is padded with zeros on its right, then
 * they compare as text. Padded once when stored, DynamoDB can compare them.
 */
export function comparableSequencer(sequencer: string): string {
  return sequencer.toUpperCase().padEnd(32, '0');
}

interface S3Record {
  readonly s3?: {
    readonly bucket?: {readonly name?: unknown};
    readonly object?: {
      readonly key?: unknown;
      readonly size?: unknown;
      readonly eTag?: unknown;
      readonly sequencer?: unknown;
    };
  };
}

function parse(body: string): {readonly Event?: unknown; readonly Records?: unknown} {
  try {
    const event: unknown = JSON.parse(body);
    if (typeof event === 'object' && event !== null) return event;
  } catch {
    // Told below, together with JSON that is no event.
  }
  throw new Malformed('The message is not an S3 event notification: it is not a JSON object');
}

function storedObject(record: S3Record, index: number): StoredObject {
  const bucket = record?.s3?.bucket?.name;
  const {key, size, eTag, sequencer} = record?.s3?.object ?? {};
  if (typeof bucket !== 'string' || typeof key !== 'string' || typeof sequencer !== 'string')
    throw new Malformed(`The message is not an S3 event notification: Records[${index}] names no object`);
  return {
    bucket,
    key: decodeKey(key),
    size: typeof size === 'number' ? size : 0,
    etag: typeof eTag === 'string' ? eTag : '',
    sequencer,
  };
}

/** Keys come URL-encoded, with `+` for a space. */
function decodeKey(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    throw new Malformed(`The message is not an S3 event notification: its key ${key} is not URL-encoded`);
  }
}
