import {header, parameter, type WireRequest} from './request.ts';

/** What a request says about who signed it, not verified yet. */
export interface Signature {
  readonly accessKeyId: string;
  /** `20260101`. */
  readonly date: string;
  readonly region: string;
  /** The signing name: `monitoring`, `s3`. */
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** `20260101T120000Z`. */
  readonly time: string;
  readonly sessionToken?: string;
  /** Seconds for which a presigned URL is good. */
  readonly expires?: number;
  readonly presigned: boolean;
}

/** `malformed` when there is a signature that cannot be read; undefined when there is none at all. */
export function readSignature(request: WireRequest): Signature | 'malformed' | 'version 2' | undefined {
  const authorization = header(request, 'authorization');
  if (authorization !== undefined) return readHeader(authorization, request);
  if (parameter(request, 'X-Amz-Algorithm') !== undefined) return readQuery(request);
  return parameter(request, 'AWSAccessKeyId') === undefined ? undefined : 'version 2';
}

const algorithm = 'AWS4-HMAC-SHA256';

/** The parameters of a presigned URL, which are no operation's. */
const signatureParameters: ReadonlySet<string> = new Set([
  'X-Amz-Algorithm',
  'X-Amz-Content-Sha256',
  'X-Amz-Credential',
  'X-Amz-Date',
  'X-Amz-Expires',
  'X-Amz-Security-Token',
  'X-Amz-Signature',
  'X-Amz-SignedHeaders',
  'X-Amz-User-Agent',
]);

export function isSignatureParameter(name: string): boolean {
  return signatureParameters.has(name);
}

function readHeader(text: string, request: WireRequest): Signature | 'malformed' | 'version 2' {
  if (text.startsWith('AWS ')) return 'version 2';
  const match = /^AWS4-HMAC-SHA256\s+Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/.exec(
    text,
  );
  const time = header(request, 'x-amz-date') ?? header(request, 'date');
  if (match === null || time === undefined) return 'malformed';
  const [, scope, signedHeaders, signature] = match as unknown as [string, string, string, string];
  const sessionToken = header(request, 'x-amz-security-token');
  return complete(scope, signedHeaders, {
    signature,
    time,
    presigned: false,
    ...(sessionToken === undefined ? {} : {sessionToken}),
  });
}

function readQuery(request: WireRequest): Signature | 'malformed' {
  const sent = new Map(request.query);
  const [scope, signedHeaders] = [sent.get('X-Amz-Credential'), sent.get('X-Amz-SignedHeaders')];
  const [signature, time] = [sent.get('X-Amz-Signature'), sent.get('X-Amz-Date')];
  const expires = Number(sent.get('X-Amz-Expires'));
  if (sent.get('X-Amz-Algorithm') !== algorithm || scope === undefined || signedHeaders === undefined)
    return 'malformed';
  // A presigned URL is good for seven days at the most.
  if (signature === undefined || time === undefined || !(expires >= 1 && expires <= 604_800)) return 'malformed';
  const sessionToken = sent.get('X-Amz-Security-Token');
  return complete(scope, signedHeaders, {
    signature,
    time,
    expires,
    presigned: true,
    ...(sessionToken === undefined ? {} : {sessionToken}),
  });
}

function complete(
  scope: string,
  signedHeaders: string,
  rest: Pick<Signature, 'signature' | 'time' | 'sessionToken' | 'expires' | 'presigned'>,
): Signature | 'malformed' {
  const parts = scope.split('/');
  const [accessKeyId, date, region, service, end] = parts;
  if (parts.length !== 5 || end !== 'aws4_request' || !accessKeyId || !date || !region || !service) return 'malformed';
  if (!rest.time.startsWith(date)) return 'malformed';
  return {accessKeyId, date, region, service, signedHeaders: signedHeaders.split(';'), ...rest};
}

/** Milliseconds since the epoch of `20260101T120000Z`. */
export function signingTime(time: string): number {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(time);
  if (match === null) return Number.NaN;
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
