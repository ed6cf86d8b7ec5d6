import {createReadStream, statSync} from 'node:fs';
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
  const file = statSync(path, {throwIfNoEntry: false});
  if (!file?.isFile()) throw new GearError(`${path} is not a file`, {code: 'NO_FILE'});
  try {
    const s3 = await clients.s3();
    const {ETag} = await s3.putObject({
      Bucket: bucket,
      Key: key,
      Body: createReadStream(path),
      ContentLength: file.size,
    });
    return {bucket, key, bytes: file.size, etag: ETag!};
  } catch (error) {
    throw describeAwsError(error, `put ${path} into the bucket ${bucket}`);
  }
}
