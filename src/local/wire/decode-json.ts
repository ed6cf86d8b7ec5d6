import {isObject} from '../../model/is-object.ts';
import type {Shape} from '../shape.ts';
import {decodeMembers} from './decode-members.ts';
import {invalid, type Place, within} from './decode-text.ts';

/** A parsed JSON value as the operation takes it; `null` is the same as absent. */
export function decodeJson(shape: Shape, value: unknown, place: Place): unknown {
  switch (shape.kind) {
    case 'document':
      return value;
    case 'string':
      return typeof value === 'string' ? value : invalid(place, 'a string', value);
    case 'boolean':
      return typeof value === 'boolean' ? value : invalid(place, 'true or false', value);
    case 'integer':
      return Number.isInteger(value) ? value : invalid(place, 'an integer', value);
    case 'double':
      return decodeDouble(value, place);
    case 'timestamp':
      return decodeTime(value, place);
    case 'blob':
      return typeof value === 'string' ? Buffer.from(value, 'base64') : invalid(place, 'base64', value);
    case 'list':
      if (!Array.isArray(value)) return invalid(place, 'a list', value);
      return value.map((item, index) => decodeJson(shape.member, item, within(place, String(index + 1))));
    case 'map':
      return Object.fromEntries(
        entriesOf(value, place)
          .filter(([, item]) => item !== null)
          .map(([key, item]) => [key, decodeJson(shape.value, item, within(place, key))]),
      );
    case 'structure':
      return decodeMembers(shape.members, entriesOf(value, place), place, decodeJson);
    case 'stream':
      return invalid(place, 'the body', value);
  }
}

function entriesOf(value: unknown, place: Place): [string, unknown][] {
  if (!isObject(value)) return invalid(place, 'an object', value);
  return Object.entries(value);
}

/** What JSON has no numbers for comes as text. */
function decodeDouble(value: unknown, place: Place): number {
  if (typeof value === 'number') return value;
  return value === 'NaN' || value === 'Infinity' || value === '-Infinity'
    ? Number(value)
    : invalid(place, 'a number', value);
}

function decodeTime(value: unknown, place: Place): Date {
  const date = new Date(typeof value === 'number' ? value * 1000 : String(value));
  return Number.isNaN(date.getTime()) ? invalid(place, 'a time', value) : date;
}
