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
  return new TemplateValue(settle(raw, path, environment), raw, environment);
}

/** A class, because an audit makes hundreds of thousands: what they can do is then made once and not for each. */
class TemplateValue implements Value {
  readonly written: unknown;
  readonly exists: boolean;
  readonly unresolved?: Unresolved;
  readonly isMap: boolean;
  readonly isList: boolean;
  readonly #raw: unknown;
  readonly #path: Path;
  readonly #environment: Environment;

  constructor(settled: Settled, written: unknown, environment: Environment) {
    this.written = written;
    this.exists = settled.kind !== 'absent';
    if (settled.kind === 'unknown') this.unresolved = settled.unresolved;
    this.#raw = settled.kind === 'value' ? settled.raw : undefined;
    this.#path = settled.path;
    this.#environment = environment;
    this.isList = Array.isArray(this.#raw);
    this.isMap = typeof this.#raw === 'object' && this.#raw !== null && !this.isList;
  }

  get origin(): Origin {
    return this.#environment.template.originOf(this.#path);
  }

  at(key: string | number): Value {
    if (this.unresolved !== undefined) return this;
    if (typeof key === 'number') return this.items()[key] ?? this.#child(key, undefined);
    const there = this.isMap && Object.hasOwn(this.#raw as object, key);
    return this.#child(key, there ? (this.#raw as Record<string, unknown>)[key] : undefined);
  }

  items(): readonly Value[] {
    if (this.#raw === undefined) return this.unresolved === undefined ? [] : [this];
    if (!Array.isArray(this.#raw)) return [this];
    return this.#raw.map((item, index) => this.#child(index, item)).filter(item => item.exists);
  }

  entries(): readonly (readonly [string, Value])[] {
    if (!this.isMap) return [];
    return Object.entries(this.#raw as object)
      .map(([key, item]) => [key, this.#child(key, item)] as const)
      .filter(([, item]) => item.exists);
  }

  text(): Resolvable<string> | undefined {
    return this.#scalar(shown => shown, 'text');
  }

  number(): Resolvable<number> | undefined {
    return this.#scalar(readNumber, 'a number');
  }

  boolean(): Resolvable<boolean> | undefined {
    return this.#scalar(shown => ({true: true, false: false})[shown.toLowerCase()], 'true or false');
  }

  plain(): unknown {
    if (this.unresolved !== undefined) return this.unresolved;
    if (this.isList) return this.items().map(item => item.plain());
    return this.isMap ? Object.fromEntries(this.entries().map(([key, item]) => [key, item.plain()])) : this.#raw;
  }

  #child(key: string | number, value: unknown): Value {
    if (value === undefined) return new AbsentValue(this.#path, key, this.#environment);
    return valueAt(value, [...this.#path, key], this.#environment);
  }

  #scalar<T>(read: (text: string) => T | undefined, what: string): Resolvable<T> | undefined {
    if (this.unresolved !== undefined) return this.unresolved;
    if (this.#raw === undefined) return undefined;
    const isText = typeof this.#raw !== 'object';
    const shown = isText ? String(this.#raw) : JSON.stringify(this.#raw);
    return (isText ? read(shown) : undefined) ?? unresolved(shown, `it is not ${what}`);
  }
}

/** Most of what readers ask for is not there; where it would stand, hardly anybody asks. */
class AbsentValue implements Value {
  readonly written = undefined;
  readonly exists = false;
  readonly isMap = false;
  readonly isList = false;
  readonly #parent: Path;
  readonly #key: string | number;
  readonly #environment: Environment;

  constructor(parent: Path, key: string | number, environment: Environment) {
    this.#parent = parent;
    this.#key = key;
    this.#environment = environment;
  }

  get origin(): Origin {
    return this.#environment.template.originOf([...this.#parent, this.#key]);
  }

  at(key: string | number): Value {
    return new AbsentValue([...this.#parent, this.#key], key, this.#environment);
  }

  items(): readonly Value[] {
    return [];
  }

  entries(): readonly (readonly [string, Value])[] {
    return [];
  }

  text(): undefined {
    return undefined;
  }

  number(): undefined {
    return undefined;
  }

  boolean(): undefined {
    return undefined;
  }

  plain(): undefined {
    return undefined;
  }
}

function readNumber(shown: string): number | undefined {
  const number = Number(shown);
  return shown.trim() === '' || Number.isNaN(number) ? undefined : number;
}
