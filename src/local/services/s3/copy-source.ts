import {invalidArgument} from './errors.ts';

/** `/bucket/key?versionId=...`, percent-encoded, with or without the first slash. */
export function parseCopySource(text: string): {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId?: string;
} {
  const [path = '', query] = text.replace(/^\//, '').split('?versionId=');
  const [, bucket, key] = /^([^/]+)\/(.+)$/s.exec(decoded(path, text)) ?? [];
  if (bucket === undefined || key === undefined)
    throw invalidArgument(
      'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
      'x-amz-copy-source',
      text,
    );
  return {Bucket: bucket, Key: key, ...(query !== undefined && {VersionId: query})};
}

function decoded(path: string, text: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw invalidArgument('Invalid copy source encoding', 'x-amz-copy-source', text);
  }
}
