import type {RequestContext} from '../../operation.ts';
import {ServiceError} from '../../service-error.ts';
import {invalidParameter, tooLarge} from './errors.ts';

/** A deployment package as a request names it. */
export interface CodeLocation {
  readonly ZipFile?: Uint8Array | undefined;
  readonly S3Bucket?: string | undefined;
  readonly S3Key?: string | undefined;
  readonly S3ObjectVersion?: string | undefined;
}

/** Only what is sent with the request; from S3 a package may be larger, if it unpacks to no more than 250 MB. */
const maximumZip = 52_428_800;

/** The bytes of a deployment package; from S3 as the caller, who must be allowed to read the object. */
export async function readCode(code: CodeLocation, context: RequestContext): Promise<Buffer> {
  const {ZipFile, S3Bucket, S3Key, S3ObjectVersion} = code;
  if (ZipFile !== undefined) {
    if (S3Bucket !== undefined || S3Key !== undefined)
      throw invalidParameter('Please do not provide other FunctionCode parameters when providing a ZipFile.');
    if (ZipFile.length > maximumZip)
      throw tooLarge(`Zipped size must be smaller than ${maximumZip} bytes; put a larger package into S3`);
    return Buffer.from(ZipFile);
  }
  if (S3Bucket === undefined || S3Key === undefined)
    throw invalidParameter('Please provide a source for function code.');
  try {
    const object = await context.call<{Body: AsyncIterable<Uint8Array> | Uint8Array}>('s3', 'GetObject', {
      Bucket: S3Bucket,
      Key: S3Key,
      ...(S3ObjectVersion !== undefined && {VersionId: S3ObjectVersion}),
    });
    return object.Body instanceof Uint8Array ? Buffer.from(object.Body) : await collect(object.Body);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    if (error.code === 'AccessDenied')
      throw new ServiceError(
        'AccessDeniedException',
        `Your access has been denied by S3, please make sure your request credentials have permission to GetObject for ${S3Bucket}/${S3Key}. S3 Error Code: AccessDenied. S3 Error Message: ${error.message}`,
        {status: 403},
      );
    throw invalidParameter(
      `Error occurred while GetObject. S3 Error Code: ${error.code}. S3 Error Message: ${error.message}`,
    );
  }
}

async function collect(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
