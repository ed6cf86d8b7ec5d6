/** What an object holds, by its first bytes; for text, which has no signature, by its name and declared type too. */
export function sniff(
  head: Uint8Array,
  {key, declaredType}: {key: string; declaredType?: string | undefined},
): ContentType {
  const signature = signatures.find(({matches}) => matches(head));
  if (signature !== undefined) return signature.type;
  const hinted = manifestName.test(key) ? 'manifest' : (byExtension(key) ?? byDeclaration(declaredType));
  if (hinted !== undefined) return hinted;
  if (!isText(head)) return 'application/octet-stream';
  return /^\s*\{\s*["}]/.test(latin1(head)) ? 'application/json' : 'text/plain';
}

export type ContentType =
  | 'image/png'
  | 'image/jpeg'
  | 'image/gif'
  | 'image/webp'
  | 'application/json'
  | 'text/csv'
  | 'text/plain'
  | 'application/octet-stream'
  /** Stored as application/json; see manifest.ts. */
  | 'manifest';

const manifestName = /\.manifest\.json$/i;

const signatures: readonly {readonly type: ContentType; matches(head: Uint8Array): boolean}[] = [
  {type: 'image/png', matches: head => latin1(head).startsWith('\x89PNG\r\n\x1A\n')},
  {type: 'image/jpeg', matches: head => latin1(head).startsWith('\xFF\xD8\xFF')},
  {type: 'image/gif', matches: head => /^GIF8[79]a/.test(latin1(head))},
  {type: 'image/webp', matches: head => /^RIFF.{4}WEBP/s.test(latin1(head))},
];

/** An image's name on bytes without its signature is a damaged image, and its reader will say so. */
const extensions: Readonly<Record<string, ContentType>> = {
  json: 'application/json',
  csv: 'text/csv',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
};

function byExtension(key: string): ContentType | undefined {
  return extensions[key.slice(key.lastIndexOf('.') + 1).toLowerCase()];
}

function byDeclaration(declaredType: string | undefined): ContentType | undefined {
  const [type] = (declaredType ?? '').split(';');
  return type === 'application/json' || type === 'text/csv' ? type : undefined;
}

function isText(head: Uint8Array): boolean {
  if (head.includes(0)) return false;
  try {
    // `stream` forgives a character cut in two by the end of the head.
    new TextDecoder('utf-8', {fatal: true}).decode(head, {stream: true});
    return true;
  } catch {
    return false;
  }
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    .toString('latin1')
    .replace(/^\xEF\xBB\xBF/, '');
}
