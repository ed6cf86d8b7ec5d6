import {base64} from './encode-json.ts';

/** One element. A list becomes as many elements of that name; what is undefined or null becomes none. */
export function element(name: string, value: unknown, attributes = ''): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(item => element(name, item, attributes)).join('');
  return `<${name}${attributes}>${content(value)}</${name}>`;
}

/** The members of an object, each an element. */
export function elements(value: Readonly<Record<string, unknown>>): string {
  return Object.entries(value)
    .map(([name, item]) => element(name, item))
    .join('');
}

function content(value: unknown): string {
  return scalarText(value) ?? elements(value as Record<string, unknown>);
}

/** A value as escaped text, unless it has members. */
export function scalarText(value: unknown): string | undefined {
  if (typeof value === 'string') return escapeXml(value);
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return base64(value);
  return undefined;
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // A bare carriage return would be read as a line feed.
  '\r': '&#13;',
};

export function escapeXml(text: string): string {
  return text.replaceAll(/[&<>"\r]/g, character => escapes[character]!);
}
