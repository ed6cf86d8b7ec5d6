import {isObject} from './is-object.ts';

/** What a document has where text is meant, as `String` gives it; but for an object, whose own `toString` may be a text. */
export function asText(value: unknown): string {
  if (Array.isArray(value)) return value.map(asText).join(',');
  return isObject(value) ? JSON.stringify(value) : String(value);
}
