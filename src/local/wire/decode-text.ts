import {ServiceError} from '../service-error.ts';
import type {Shape} from '../shape.ts';

/** Where a value came from, for the sentence that refuses it: `CreateQueue's Attributes`. */
export interface Place {
  readonly operation: string;
  /** `Attributes.DelaySeconds`; empty for the input itself. */
  readonly path: string;
  /** The code with which this protocol refuses a malformed input. */
  readonly invalidCode: string;
}

export function within(place: Place, name: string): Place {
  return {...place, path: place.path === '' ? name : `${place.path}.${name}`};
}

/** A scalar that came as text: in Query, in XML, in a header, a query parameter or a path. */
export function decodeText(shape: Shape, text: string, place: Place): unknown {
  switch (shape.kind) {
    case 'string':
    case 'document':
      return text;
    case 'integer':
      return /^[+-]?\d+$/.test(text.trim()) ? Number(text) : invalid(place, 'an integer', text);
    case 'double':
      return text.trim() !== '' && !Number.isNaN(Number(text)) ? Number(text) : invalid(place, 'a number', text);
    case 'boolean': {
      const word = text.trim().toLowerCase();
      return word === 'true' ? true : word === 'false' ? false : invalid(place, 'true or false', text);
    }
    case 'timestamp':
      return decodeTime(text, place);
    case 'blob':
      return Buffer.from(text, 'base64');
    default:
      return invalid(place, `a ${shape.kind}`, text);
  }
}

function decodeTime(text: string, place: Place): Date {
  const seconds = Number(text);
  const date = new Date(text.trim() !== '' && Number.isFinite(seconds) ? seconds * 1000 : text);
  return Number.isNaN(date.getTime()) ? invalid(place, 'a time', text) : date;
}

export function invalid(place: Place, expected: string, value: unknown): never {
  const shown = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  throw new ServiceError(
    place.invalidCode,
    `${place.operation}: the value of ${place.path || 'the input'} must be ${expected}, not ${shown.slice(0, 80)}`,
  );
}

/** AWS's own sentence for a required member that is not there; members are written in camel case in it. */
export function missing(place: Place, name: string): ServiceError {
  const path = within(place, name).path.replaceAll(/(^|\.)([A-Z])/g, (_, dot, letter) => dot + letter.toLowerCase());
  return new ServiceError(
    place.invalidCode,
    `1 validation error detected: Value null at '${path}' failed to satisfy constraint: Member must not be null`,
  );
}
