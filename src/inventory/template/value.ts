import type {Origin} from '../../model/origin.ts';
import {type Resolvable, type Unresolved, unresolved} from '../../model/resolvable.ts';
import {type Environment, type Path, type Settled, settle} from './intrinsics.ts';

/** A place in a template, read through its intrinsic functions. What is asked for and not there is an absent value. */
export interface Value {
  /** Something stands here, known or not. */
  readonly exists: boolean;
  readonly unresolved?: Unresolved;
  readonly origin: Origin;
  at(key: string | number): Value;
  /** The members of a list; a single value is a list of one, as in most of IAM's grammar. */
  items(): readonly Value[];
  entries(): readonly (readonly [string, Value])[];
  readonly isMap: boolean;
  readonly isList: boolean;
  text(): Resolvable<string> | undefined;
  number(): Resolvable<number> | undefined;
  boolean(): Resolvable<boolean> | undefined;
  /** What stands in the template, intrinsic functions and all. */
  readonly written: unknown;
  /** The whole of it as plain values, what cannot be known as `Unresolved`. */
  plain(): unknown;
}

export function valueAt(raw: unknown, path: Path, environment: Environment): Value {
  return fromSettled(settle(raw, path, environment), raw, environment);
}

function fromSettled(settled: Settled, written: unknown, environment: Environment): Value {
  const raw = settled.kind === 'value' ? settled.raw : undefined;
  const unknown = settled.kind === 'unknown' ? settled.unresolved : undefined;
  const isMap = typeof raw === 'object' && raw !== null && !Array.isArray(raw);
  const child = (key: string | number, value: unknown) => valueAt(value, [...settled.path, key], environment);
  const scalar = <T>(read: (text: string) => T | undefined, what: string): Resolvable<T> | undefined => {
    if (unknown !== undefined) return unknown;
    if (raw === undefined) return undefined;
    const shown = typeof raw === 'object' ? JSON.stringify(raw) : String(raw);
    const value = typeof raw === 'object' ? undefined : read(shown);
    return value ?? unresolved(shown, `it is not ${what}`);
  };
  const items = (): readonly Value[] => {
    if (raw === undefined) return unknown === undefined ? [] : [value];
    if (!Array.isArray(raw)) return [value];
    return raw.map((item, index) => child(index, item)).filter(item => item.exists);
  };
  const entries = () =>
    isMap
      ? Object.entries(raw)
          .map(([key, item]) => [key, child(key, item)] as const)
          .filter(([, item]) => item.exists)
      : [];
  const value: Value = {
    written,
    exists: settled.kind !== 'absent',
    ...(unknown === undefined ? {} : {unresolved: unknown}),
    get origin() {
      return environment.template.originOf(settled.path);
    },
    isMap,
    isList: Array.isArray(raw),
    at(key) {
      if (unknown !== undefined) return value;
      if (typeof key === 'number') return items()[key] ?? child(key, undefined);
      return child(key, isMap && Object.hasOwn(raw, key) ? (raw as Record<string, unknown>)[key] : undefined);
    },
    items,
    entries,
    text: () => scalar(shown => shown, 'text'),
    number: () => scalar(readNumber, 'a number'),
    boolean: () => scalar(shown => ({true: true, false: false})[shown.toLowerCase()], 'true or false'),
    plain() {
      if (unknown !== undefined) return unknown;
      if (Array.isArray(raw)) return items().map(item => item.plain());
      return isMap ? Object.fromEntries(entries().map(([key, item]) => [key, item.plain()])) : raw;
    },
  };
  return value;
}

function readNumber(shown: string): number | undefined {
  const number = Number(shown);
  return shown.trim() === '' || Number.isNaN(number) ? undefined : number;
}
