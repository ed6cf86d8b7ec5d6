/** An output as JSON: dates are epoch seconds, bytes base64, members that are undefined vanish. */
export function encodeJson(value: unknown): string {
  return JSON.stringify(value ?? {}, replaceForeign);
}

/** `this` holds the value before its own toJSON made text or an object of it. */
function replaceForeign(this: Record<string, unknown>, key: string, value: unknown): unknown {
  const original = this[key];
  if (original instanceof Date) return original.getTime() / 1000;
  if (original instanceof Uint8Array) return base64(original);
  if (original instanceof Map) return Object.fromEntries(original);
  return value;
}

export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
