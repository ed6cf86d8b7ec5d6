import {notImplemented, ServiceError} from '../../service-error.ts';
import {map, string} from '../../shape.ts';
import {checkAcl, checkEncryption, invalidArgument} from './errors.ts';
import type {Content} from './object.ts';

/** The members with which PutObject, CopyObject and CreateMultipartUpload describe an object. */
export const contentMembers = {
  ACL: string,
  CacheControl: string,
  ContentDisposition: string,
  ContentEncoding: string,
  ContentLanguage: string,
  ContentType: string,
  Expires: string,
  Metadata: map(string),
  ServerSideEncryption: string,
  /** Kept and shown: here every class is as near as the other. */
  StorageClass: string,
  Tagging: string,
  ExpectedBucketOwner: string,
};

/** Where those members stand in a request. */
export const contentHeaders = {
  ACL: 'x-amz-acl',
  CacheControl: 'Cache-Control',
  ContentDisposition: 'Content-Disposition',
  ContentEncoding: 'Content-Encoding',
  ContentLanguage: 'Content-Language',
  ContentType: 'Content-Type',
  Expires: 'Expires',
  Metadata: 'x-amz-meta-',
  ServerSideEncryption: 'x-amz-server-side-encryption',
  StorageClass: 'x-amz-storage-class',
  Tagging: 'x-amz-tagging',
  ExpectedBucketOwner: 'x-amz-expected-bucket-owner',
} as const;

export interface ContentInput {
  readonly ACL?: string | undefined;
  readonly CacheControl?: string | undefined;
  readonly ContentDisposition?: string | undefined;
  readonly ContentEncoding?: string | undefined;
  readonly ContentLanguage?: string | undefined;
  readonly ContentType?: string | undefined;
  readonly Expires?: string | undefined;
  readonly Metadata?: Readonly<Record<string, string>> | undefined;
  readonly ServerSideEncryption?: string | undefined;
  readonly StorageClass?: string | undefined;
  readonly Tagging?: string | undefined;
}

/** Checks the description, and gives it the form in which it is kept. */
export function contentOf(input: ContentInput): Content {
  checkAcl(input.ACL);
  checkEncryption(input.ServerSideEncryption);
  const {StorageClass: storageClass = 'STANDARD'} = input;
  if (storageClass.startsWith('GLACIER') && storageClass !== 'GLACIER_IR')
    throw notImplemented(`the storage class ${storageClass}: its objects would have to be restored`);
  if (!storageClasses.includes(storageClass))
    throw new ServiceError('InvalidStorageClass', 'The storage class you specified is not valid');
  const metadata = Object.fromEntries(
    Object.entries(input.Metadata ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const size = Object.entries(metadata).reduce((sum, pair) => sum + Buffer.byteLength(pair.join('')), 0);
  if (size > 2048)
    throw new ServiceError('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size');
  return {headers: headersOf(input), metadata, tags: parseTagging(input.Tagging), storageClass};
}

export function checkKey(key: string): void {
  if (Buffer.byteLength(key) > 1024)
    throw new ServiceError('KeyTooLongError', 'Your key is too long', {members: {MaxSizeAllowed: 1024}});
}

const storageClasses = [
  'STANDARD',
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER_IR',
];

function headersOf(input: ContentInput): Record<string, string> {
  const headers: Record<string, string> = {ContentType: input.ContentType ?? 'binary/octet-stream'};
  for (const name of ['CacheControl', 'ContentDisposition', 'ContentLanguage', 'Expires'] as const) {
    const value = input[name];
    if (value !== undefined) headers[name] = value;
  }
  // How the body travelled is not how the object is encoded.
  const encodings = (input.ContentEncoding ?? '').split(',').map(encoding => encoding.trim());
  const kept = encodings.filter(encoding => encoding !== '' && encoding !== 'aws-chunked');
  if (kept.length > 0) headers.ContentEncoding = kept.join(',');
  return headers;
}

/** `key=value&key2=value2`, form-encoded. */
export function parseTagging(text: string | undefined): Record<string, string> {
  if (text === undefined || text === '') return {};
  const tags: Record<string, string> = {};
  for (const [key, value] of new URLSearchParams(text)) {
    if (key in tags)
      throw invalidArgument(
        "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
        'x-amz-tagging',
        text,
      );
    tags[key] = value;
  }
  return checkTags(tags);
}

/** At most ten tags, and no name of AWS's own. */
export function checkTags(tags: Record<string, string>): Record<string, string> {
  const entries = Object.entries(tags);
  if (entries.length > 10) throw new ServiceError('BadRequest', 'Object tags cannot be greater than 10');
  for (const [key, value] of entries) {
    if (key === '' || key.length > 128) throw new ServiceError('InvalidTag', 'The TagKey you have provided is invalid');
    if (value.length > 256) throw new ServiceError('InvalidTag', 'The TagValue you have provided is invalid');
    if (key.startsWith('aws:'))
      throw new ServiceError('InvalidTag', 'System tags cannot be added/updated by requester');
  }
  return tags;
}
