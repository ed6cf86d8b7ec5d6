import {BlockList, isIP} from 'node:net';

export type Json = string | number | boolean | null | readonly Json[] | {readonly [key: string]: Json};
export type Fields = {readonly [key: string]: Json};

/** Why a text is no event pattern; each service has its own error around it. */
export class EventPatternError extends Error {}

export function isFields(value: Json | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

interface Comparison {
  /** Of one value of the event, undefined where there is none. */
  holds(value: Json | undefined, argument: Json): boolean;
  /** What is wrong with the argument. */
  problem(argument: Json): string | undefined;
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html */
export const comparisons: Readonly<Record<string, Comparison>> = {
  exists: {
    holds: (value, argument) => (value !== undefined && !isFields(value)) === argument,
    problem: argument => (typeof argument === 'boolean' ? undefined : 'exists must be true or false'),
  },
  prefix: affix('prefix', (value, part) => value.startsWith(part)),
  suffix: affix('suffix', (value, part) => value.endsWith(part)),
  'equals-ignore-case': {
    holds: (value, argument) => isText(value) && lower(value) === lower(argument as string),
    problem: argument => (isText(argument) ? undefined : 'equals-ignore-case must be a string'),
  },
  wildcard: {
    holds: (value, argument) => isText(value) && wildcard(argument as string).test(value),
    problem: wildcardProblem,
  },
  numeric: {
    holds: (value, argument) => typeof value === 'number' && bounds(argument).every(holds => holds(value)),
    problem: numericProblem,
  },
  cidr: {
    holds: (value, argument) => isText(value) && inBlock(value, argument as string),
    problem: argument => (isBlock(argument) ? undefined : 'cidr must be an address block such as 10.0.0.0/24'),
  },
  'anything-but': {
    holds(value, argument) {
      if (value === undefined || isFields(value)) return false;
      if (!isFields(argument)) return !members(argument).includes(value);
      const [[name, inner]] = Object.entries(argument) as [[string, Json]];
      return !members(inner).some(one => comparisons[name]!.holds(value, one));
    },
    problem: anythingButProblem,
  },
};

function affix(name: string, holds: (value: string, part: string) => boolean): Comparison {
  return {
    holds(value, argument) {
      if (!isText(value)) return false;
      if (isText(argument)) return holds(value, argument);
      return holds(lower(value), lower((argument as Fields)['equals-ignore-case'] as string));
    },
    problem(argument) {
      const folded = isFields(argument) && Object.keys(argument).length === 1 && isText(argument['equals-ignore-case']);
      return isText(argument) || folded ? undefined : `${name} must be a string`;
    },
  };
}

const negatable = new Set(['prefix', 'suffix', 'equals-ignore-case', 'wildcard']);

function anythingButProblem(argument: Json): string | undefined {
  if (!isFields(argument)) {
    const values = members(argument);
    const plain = values.length > 0 && values.every(value => isText(value) || typeof value === 'number');
    return plain
      ? undefined
      : 'anything-but takes strings, numbers, or a prefix, suffix, equals-ignore-case or wildcard';
  }
  const [[name, inner] = ['', null], ...more] = Object.entries(argument) as [string, Json][];
  if (more.length > 0 || !negatable.has(name)) return `anything-but does not know ${name || '{}'}`;
  const values = members(inner);
  if (values.length === 0) return `${name} must not be empty`;
  return values.map(value => comparisons[name]!.problem(value)).find(problem => problem !== undefined);
}

const relations: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

function bounds(argument: Json): ((value: number) => boolean)[] {
  const parts = argument as (string | number)[];
  return Array.from({length: parts.length / 2}, (_, index) => {
    const relation = relations[parts[2 * index] as string]!;
    return (value: number) => relation(value, parts[2 * index + 1] as number);
  });
}

function numericProblem(argument: Json): string | undefined {
  const parts = Array.isArray(argument) ? (argument as Json[]) : [];
  const valid =
    (parts.length === 2 || parts.length === 4) &&
    parts.every((part, index) =>
      index % 2 === 0 ? isText(part) && Object.hasOwn(relations, part) : typeof part === 'number',
    );
  return valid ? undefined : 'numeric must be a list such as [">", 0, "<=", 5]';
}

function wildcardProblem(argument: Json): string | undefined {
  if (!isText(argument)) return 'wildcard must be a string';
  if (/\*\*/.test(argument)) return 'wildcard must not have two * in a row';
  return /(?<!\\)(?:\\\\)*\\(?![*\\])/.test(argument) ? 'wildcard may escape * and \\ only' : undefined;
}

/** `*` stands for any characters, `\*` for a star. */
function wildcard(text: string): RegExp {
  const source = text.replaceAll(/\\([*\\])|[*.+?^${}()|[\]\\]/g, (found, escaped?: string) => {
    if (escaped !== undefined) return `\\${escaped}`;
    return found === '*' ? '.*' : `\\${found}`;
  });
  return new RegExp(`^${source}$`, 's');
}

function isBlock(argument: Json): argument is string {
  const [address = '', bits = ''] = isText(argument) ? argument.split('/') : [];
  const version = isIP(address);
  return version !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128);
}

function inBlock(value: string, block: string): boolean {
  const [address, bits] = block.split('/') as [string, string];
  const kind = isIP(address) === 4 ? 'ipv4' : 'ipv6';
  if (isIP(value) !== isIP(address)) return false;
  const list = new BlockList();
  list.addSubnet(address, Number(bits), kind);
  return list.check(value, kind);
}

function isText(value: Json | undefined): value is string {
  return typeof value === 'string';
}

function lower(text: string): string {
  return text.toLowerCase();
}

function members(value: Json): readonly Json[] {
  return Array.isArray(value) ? (value as Json[]) : [value];
}

export function checkEventPattern(text: string, known: readonly string[]): Fields {
  let parsed: Json;
  try {
    parsed = JSON.parse(text) as Json;
  } catch {
    throw new EventPatternError('Event pattern is not valid JSON');
  }
  if (!isFields(parsed)) throw new EventPatternError('Filter is not an object');
  if (Object.keys(parsed).length === 0) throw new EventPatternError('Empty patterns are not allowed');
  checkFields(parsed, known);
  return parsed;
}

function checkFields(pattern: Fields, known: readonly string[]): void {
  for (const [field, expected] of Object.entries(pattern)) {
    if (field === '$or') {
      if (!Array.isArray(expected) || expected.length < 2 || !(expected as Json[]).every(isFields))
        throw new EventPatternError('"$or" must be a list of at least two patterns');
      for (const one of expected as Fields[]) checkFields(one, known);
    } else if (Array.isArray(expected)) {
      if (expected.length === 0) throw new EventPatternError(`"${field}": Empty arrays are not allowed`);
      for (const rule of expected as Json[]) checkRule(field, rule, known);
    } else if (isFields(expected)) {
      if (Object.keys(expected).length === 0) throw new EventPatternError(`"${field}": Empty objects are not allowed`);
      checkFields(expected, known);
    } else throw new EventPatternError(`"${field}" must be an object or an array`);
  }
}

function checkRule(field: string, rule: Json, known: readonly string[]): void {
  if (Array.isArray(rule)) throw new EventPatternError(`"${field}": Nested arrays are not allowed`);
  if (!isFields(rule)) return;
  const [[name, argument] = ['', null], ...more] = Object.entries(rule) as [string, Json][];
  if (more.length > 0) throw new EventPatternError(`"${field}": Only one key allowed in match expression`);
  const inner = name === 'anything-but' && isFields(argument) ? Object.keys(argument) : [];
  const unknown = [name, ...inner].find(one => !known.includes(one));
  if (unknown !== undefined) throw new EventPatternError(`"${field}": Unrecognized match type ${unknown || '{}'}`);
  const problem = comparisons[name]!.problem(argument);
  if (problem !== undefined) throw new EventPatternError(`"${field}": ${problem}`);
}
