import type {RequestContext} from '../../operation.ts';
import {ServiceError} from '../../service-error.ts';

const limit = 1_000_000;

/** Reads a template from S3 as the caller. */
export async function readTemplateUrl(url: string, context: RequestContext): Promise<string> {
  return readObject(objectOf(url, context.endpoint), context);
}

interface TemplateObject {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId?: string;
}

export async function readObject(input: TemplateObject, context: RequestContext): Promise<string> {
  const {Body} = await context.call<{Body: AsyncIterable<Uint8Array> | Uint8Array}>('s3', 'GetObject', input);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of Body instanceof Uint8Array ? [Body] : Body) {
    size += chunk.length;
    if (size > limit) throw invalid(`Template may not exceed ${limit} bytes in size.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The forms that S3 gives: path style on this endpoint or on AWS's, and the bucket as part of the host. */
function objectOf(url: string, endpoint: string): TemplateObject {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined) throw invalid(`TemplateURL must be a valid URL: ${url}`);
  const path = decodeURIComponent(parsed.pathname.slice(1));
  const version = parsed.searchParams.get('versionId');
  const object = (Bucket: string, Key: string) => {
    if (Bucket === '' || Key === '')
      throw invalid('TemplateURL must reference a valid S3 object to which you have access.');
    return {Bucket, Key, ...(version === null ? {} : {VersionId: version})};
  };
  const slash = path.indexOf('/');
  const pathStyle = () => object(path.slice(0, Math.max(slash, 0)), path.slice(slash + 1));
  if (parsed.host === new URL(endpoint).host) return pathStyle();
  const amazon = /^(?:(?<bucket>.+)\.)?s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?$/.exec(parsed.hostname);
  if (amazon === null) throw invalid('S3 error: TemplateURL must be an Amazon S3 URL.');
  const bucket = amazon.groups?.bucket;
  return bucket === undefined ? pathStyle() : object(bucket, path);
}

function invalid(message: string): ServiceError {
  return new ServiceError('ValidationError', message);
}
