/** UTF-8, or UTF-16 as PowerShell writes with `>`. The mark in front is no part of the text: JSON takes none. */
export function decodeText(bytes: Buffer): string {
  return bytes.toString(isUtf16(bytes) ? 'utf16le' : 'utf8').replace(/^\ufeff/, '');
}

export function isUtf16(bytes: Buffer): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xfe;
}
