import {integer, required, string} from '../../shape.ts';
import {invalidArgument} from './errors.ts';
import {compareKeys, type KeyIndex} from './key-index.ts';

/** The members that every listing of keys takes. */
export const listingMembers = {
  Bucket: required(string),
  Prefix: string,
  Delimiter: string,
  MaxKeys: integer,
  EncodingType: string,
  ExpectedBucketOwner: string,
};

export const listingQuery = {
  Prefix: 'prefix',
  Delimiter: 'delimiter',
  MaxKeys: 'max-keys',
  EncodingType: 'encoding-type',
} as const;

export interface Wanted {
  readonly prefix: string;
  readonly delimiter: string | undefined;
  readonly most: number;
  /** Keys after this one; of a common prefix, those that do not begin with it. */
  readonly after: string;
}

export interface Listed<T> {
  readonly items: readonly T[];
  readonly commonPrefixes: readonly string[];
  /** Where the next page goes on: a key or a common prefix. Absent on the last page. */
  readonly next?: string;
}

/** One page of keys in order; keys with the delimiter after the prefix are rolled up. `itemsOf` may show none or many. */
export function listKeys<T>(index: KeyIndex, wanted: Wanted, itemsOf: (key: string) => readonly T[]): Listed<T> {
  const {prefix, delimiter, most, after} = wanted;
  const items: T[] = [];
  const commonPrefixes: string[] = [];
  let last = after;
  if (most === 0) return {items, commonPrefixes};
  for (let key = firstKey(index, wanted); key?.startsWith(prefix); ) {
    const common = commonPrefix(key, prefix, delimiter);
    const found = itemsOf(key);
    if (found.length > 0) {
      if (items.length + commonPrefixes.length >= most) return {items, commonPrefixes, next: last};
      if (common === undefined) items.push(...found);
      else commonPrefixes.push(common);
      last = common ?? key;
    }
    key = common === undefined || found.length === 0 ? keyAfter(index, key) : keyBeyond(index, common);
  }
  return {items, commonPrefixes};
}

export function checkMaxKeys(most: number | undefined): number {
  if (most !== undefined && most < 0)
    throw invalidArgument('Argument maxKeys must be an integer between 0 and 2147483647', 'maxKeys', String(most));
  return Math.min(most ?? 1000, 1000);
}

/** Keys can hold what XML cannot; a client that asks for it gets them percent-encoded. */
export function encoder(encodingType: string | undefined): (text: string) => string {
  if (encodingType === undefined) return text => text;
  if (encodingType !== 'url')
    throw invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', encodingType);
  return text => encodeURIComponent(text).replaceAll('%2F', '/');
}

function firstKey(index: KeyIndex, {prefix, delimiter, after}: Wanted): string | undefined {
  if (after === '') return index.keyFrom(key => compareKeys(key, prefix) < 0);
  const rolledUp = delimiter !== undefined && commonPrefix(after, prefix, delimiter) === after;
  const beyond = rolledUp ? keyBeyond(index, after) : keyAfter(index, after);
  return beyond !== undefined && compareKeys(beyond, prefix) < 0
    ? index.keyFrom(key => compareKeys(key, prefix) < 0)
    : beyond;
}

function keyAfter(index: KeyIndex, after: string): string | undefined {
  return index.keyFrom(key => compareKeys(key, after) <= 0);
}

function keyBeyond(index: KeyIndex, prefix: string): string | undefined {
  return index.keyFrom(key => compareKeys(key, prefix) < 0 || key.startsWith(prefix));
}

function commonPrefix(key: string, prefix: string, delimiter: string | undefined): string | undefined {
  if (delimiter === undefined || delimiter === '' || !key.startsWith(prefix)) return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : key.slice(0, at + delimiter.length);
}
