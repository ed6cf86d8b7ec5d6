import type {Origin} from './origin.ts';

/**
 * What its author asks to be left alone, with the reason: in the metadata of a resource, in a comment of the template,
 * or in gear.yaml.
 */
export interface Ignore {
  /** The resource it is about; in gear.yaml a pattern, in which `*` is any text. */
  readonly resource: string;
  readonly rule: string;
  readonly reason: string;
  /** The last day on which it holds: `2027-03-31`. */
  readonly expires: string | null;
  /** Of a comment inside a resource: the line it is about. */
  readonly place?: IgnoredPlace;
  /** Why it has no effect, when it is not well formed. */
  readonly problem?: string;
  readonly origin: Origin;
}

export interface IgnoredPlace {
  readonly line: number;
  /** The last line of what begins there, where all of it is meant. */
  readonly to?: number;
  /** What the line says, without the comment. */
  readonly text: string;
  /** Where the values begin that the line is part of: a finding stands there when the line has its evidence. */
  readonly within: readonly number[];
}

interface WrittenIgnore {
  readonly rule: string;
  readonly reason: string;
  /** Empty where none was written. */
  readonly expires: string;
}

/** Reads what was written; what is wrong with it takes its effect away, and is reported. */
export function ignoreOf(
  {rule, reason, expires}: WrittenIgnore,
  about: Pick<Ignore, 'resource' | 'origin' | 'place' | 'problem'>,
): Ignore {
  const problem = about.problem ?? problemOf({rule, reason, expires});
  const written = {rule, reason, expires: expires === '' ? null : expires};
  return {...written, ...about, ...(problem === undefined ? {} : {problem})};
}

function problemOf({rule, reason, expires}: WrittenIgnore): string | undefined {
  if (rule === '') return 'it names no rule';
  if (reason === '') return 'it gives no reason';
  if (expires !== '' && !isDate(expires)) return `expires is no date such as 2027-03-31: ${expires}`;
  return undefined;
}

function isDate(text: string): boolean {
  const time = Date.parse(text);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
