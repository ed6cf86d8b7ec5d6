import {GetObjectCommand, HeadObjectCommand, type S3Client, S3ServiceException} from '@aws-sdk/client-s3';
import {NotReady} from '../../lib/failure.ts';
import {objectUri} from '../../lib/object-table.ts';

export interface OpenObject {
  readonly stream: AsyncIterable<Uint8Array>;
  readonly size: number | undefined;
  readonly declaredType: string | undefined;
}

type ObjectName = {readonly bucket: string; readonly key: string};

export async function openObject(s3: S3Client, object: ObjectName): Promise<OpenObject> {
  try {
    const {Body, ContentLength, ContentType} = await s3.send(
      new GetObjectCommand({Bucket: object.bucket, Key: object.key}),
    );
    // In Node.js the body is a stream of bytes; the SDK's type speaks for browsers as well.
    return {stream: Body as AsyncIterable<Uint8Array>, size: ContentLength, declaredType: ContentType};
  } catch (error) {
    throw absent(error, object);
  }
}

/** Its size, and proof that it is there. */
export async function sizeOf(s3: S3Client, object: ObjectName): Promise<number> {
  try {
    const {ContentLength} = await s3.send(new HeadObjectCommand({Bucket: object.bucket, Key: object.key}));
    return ContentLength ?? 0;
  } catch (error) {
    throw absent(error, object);
  }
}

/** A role that may not list the bucket, as this one, is answered 403 for what is missing, just as for what is forbidden. */
function absent(error: unknown, object: ObjectName): unknown {
  if (!(error instanceof S3ServiceException)) return error;
  const status = error.$metadata.httpStatusCode;
  if (status !== 403 && status !== 404) return error;
  // The answer to HEAD has no body, and the SDK says UnknownError.
  const reason = error.message === 'UnknownError' ? `HTTP ${status}` : `${error.name}: ${error.message}`;
  return new NotReady(`${objectUri(object)} is missing, or ingest may not read it (${reason})`);
}
