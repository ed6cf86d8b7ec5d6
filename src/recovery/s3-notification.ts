import {valueAt} from './value-at.ts';

/**
 * The notification that S3 sent of an object, from what a record has kept of it.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
export function s3Notification(
  record: unknown,
  {Object: path, Sequencer}: {readonly Object: string; readonly Sequencer: string},
  region: string,
): string {
  const {bucket, key, size, etag} = (valueAt(record, path) ?? {}) as Readonly<Record<string, unknown>>;
  const sequencer = valueAt(record, Sequencer);
  if (typeof bucket !== 'string' || typeof key !== 'string' || typeof sequencer !== 'string')
    throw new Error(`the record has no bucket and key in ${path}, or no sequencer in ${Sequencer}`);
  const object = {key: encodedKey(key), size, eTag: etag, sequencer: sequencer.slice(sequencer.lastIndexOf('#') + 1)};
  return JSON.stringify({
    Records: [
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: region,
        eventName: 'ObjectCreated:Put',
        s3: {s3SchemaVersion: '1.0', bucket: {name: bucket, arn: `arn:aws:s3:::${bucket}`}, object},
      },
    ],
  });
}

/** As S3 does: URL-encoded but for slashes, with `+` for a space. */
function encodedKey(key: string): string {
  return encodeURIComponent(key).replaceAll('%2F', '/').replaceAll('%20', '+');
}
