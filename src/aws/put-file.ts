import {createReadStream, type Stats, statSync} from 'node:fs';
import {GearError} from '../errors.ts';
import type {AwsClients} from './clients.ts';
import {describeAwsError} from './describe-aws-error.ts';

export interface PutFile {
  readonly bucket: string;
  readonly key: string;
  readonly bytes: number;
  readonly etag: string;
}

/** One file, streamed, as one object. */
export async function putFile(clients: AwsClients, path: string, bucket: string, key: string): Promise<PutFile> {
  const {size} = requireFile(path);
  try {
    const s3 = await clients.s3();
    const {ETag} = await s3.putObject({
      Bucket: bucket,
      Key: key,
      Body: createReadStream(path),
      ContentLength: size,
    });
    return {bucket, key, bytes: size, etag: ETag!};
  } catch (error) {
    if ((error as Error).name === 'NoSuchBucket') throw await unknownBucket(clients, bucket, error);
    throw describeAwsError(error, `put ${path} into the bucket ${bucket}`);
  }
}

async function unknownBucket(clients: AwsClients, bucket: string, cause: unknown): Promise<GearError> {
  const {Buckets = []} = await (await clients.s3()).listBuckets({});
  const suggestions = Buckets.slice(0, 5).map(({Name}) => `s3://${Name}/`);
  return new GearError(`There is no bucket ${bucket}`, {code: 'NO_BUCKET', suggestions, cause});
}

export function requireFile(path: string): Stats {
  const file = statSync(path, {throwIfNoEntry: false});
  if (file === undefined) throw new GearError(`There is no file ${path}`, {code: 'NO_FILE'});
  if (!file.isFile()) throw new GearError(`${path} is not a file`, {code: 'NO_FILE'});
  return file;
}
