import {invalidParameter} from './errors.ts';

type Json = string | number | boolean | null | readonly Json[] | {readonly [key: string]: Json};

/**
 * Whether an event fits a filter's pattern: every field named in the pattern is in the event, with one of the values.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax
 */
export function matchesPattern(pattern: string, event: unknown): boolean {
  return matchesFields(JSON.parse(pattern) as Fields, event as Json);
}

/** Refuses what is no pattern, and what is one that nothing here understands. */
export function checkPattern(pattern: string): void {
  let parsed: Json;
  try {
    parsed = JSON.parse(pattern) as Json;
  } catch {
    throw invalidParameter('Invalid filter pattern definition.');
  }
  if (!isFields(parsed)) throw invalidParameter('Invalid filter pattern definition.');
  checkFields(parsed);
}

type Fields = {readonly [key: string]: Json};

function isFields(value: Json | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function matchesFields(pattern: Fields, event: Json | undefined): boolean {
  return Object.entries(pattern).every(([field, expected]) => {
    if (field === '$or') return (expected as Fields[]).some(one => matchesFields(one, event));
    const value = isFields(event) ? event[field] : undefined;
    if (Array.isArray(expected)) return (expected as Json[]).some(rule => matchesRule(rule, value));
    return matchesFields(expected as Fields, value);
  });
}

/** A list in the event fits when one of its members does. */
function matchesRule(rule: Json, value: Json | undefined): boolean {
  if (Array.isArray(value)) return (value as Json[]).some(member => matchesRule(rule, member));
  if (!isFields(rule)) return value === rule;
  const [[name, argument]] = Object.entries(rule) as [[string, Json]];
  return comparisons[name]!(value, argument);
}

const comparisons: Readonly<Record<string, (value: Json | undefined, argument: Json) => boolean>> = {
  exists: (value, argument) => (value !== undefined && !isFields(value)) === argument,
  prefix: (value, argument) => typeof value === 'string' && value.startsWith(String(argument)),
  suffix: (value, argument) => typeof value === 'string' && value.endsWith(String(argument)),
  'equals-ignore-case': (value, argument) =>
    typeof value === 'string' && value.toLowerCase() === String(argument).toLowerCase(),
  'anything-but': (value, argument) => {
    if (value === undefined) return false;
    if (isFields(argument)) return !matchesRule(argument, value);
    return !(Array.isArray(argument) ? (argument as Json[]) : [argument]).includes(value);
  },
  numeric: (value, argument) => {
    if (typeof value !== 'number') return false;
    const parts = argument as (string | number)[];
    for (let index = 0; index < parts.length; index += 2)
      if (!numericComparisons[parts[index] as string]!(value, parts[index + 1] as number)) return false;
    return true;
  },
};

const numericComparisons: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

function checkFields(pattern: Fields): void {
  for (const [field, expected] of Object.entries(pattern)) {
    if (field === '$or') {
      if (!Array.isArray(expected) || expected.length < 2 || !(expected as Json[]).every(isFields))
        throw malformed('$or');
      for (const one of expected as Fields[]) checkFields(one);
    } else if (Array.isArray(expected)) {
      if (expected.length === 0) throw malformed(field);
      for (const rule of expected as Json[]) checkRule(field, rule);
    } else if (isFields(expected)) checkFields(expected);
    else throw malformed(field);
  }
}

function checkRule(field: string, rule: Json): void {
  if (!isFields(rule)) {
    if (Array.isArray(rule)) throw malformed(field);
    return;
  }
  const entries = Object.entries(rule);
  const [name, argument] = entries[0] ?? [];
  if (entries.length !== 1 || name === undefined || !(name in comparisons)) throw malformed(field);
  if (name === 'exists' && typeof argument !== 'boolean') throw malformed(field);
  if (textual.has(name) && typeof argument !== 'string') throw malformed(field);
  if (name === 'anything-but' && isFields(argument)) checkRule(field, argument);
  if (name === 'numeric') {
    const parts = argument as Json[];
    const valid =
      Array.isArray(argument) &&
      parts.length > 0 &&
      parts.length % 2 === 0 &&
      parts.every((part, index) => (index % 2 === 0 ? String(part) in numericComparisons : typeof part === 'number'));
    if (!valid) throw malformed(field);
  }
}

const textual = new Set(['prefix', 'suffix', 'equals-ignore-case']);

function malformed(field: string): Error {
  return invalidParameter(`Invalid filter pattern definition. The rule of ${field} is not understood.`);
}
