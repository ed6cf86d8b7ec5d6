import {isObject} from '../model/is-object.ts';
/**
 * What an answer has that its operation never answers, in a sentence: `Functions[0].Role is 5; it is text`. `schema` is
 * that of the SDK's command (https://github.com/smithy-lang/smithy-typescript), so it knows every call there is.
 * Members that the schema does not have are let be: nobody reads them.
 */
export function answerProblem(schema: unknown, answer: unknown): string | undefined {
  const [kind, , , , , output] = (schema ?? []) as readonly unknown[];
  return kind === operation ? problemOf(output, answer, '') : undefined;
}

const operation = 9;
const list = 1;
const map = 2;
const structures: readonly unknown[] = [3, 4, -3];
/** Added to the number of a simple type. */
const listOf = 64;
const mapOf = 128;

function problemOf(schema: unknown, value: unknown, path: string): string | undefined {
  const type = unwrapped(schema);
  if (typeof type === 'number') {
    if (type & listOf) return listProblem(type - listOf, value, path);
    if (type & mapOf) return mapProblem(type - mapOf, value, path);
    return isSimple(type, value) ? undefined : problem(path, value, simpleTypes[type]!);
  }
  // A simple type by its name, with what the wire does with it: what it is in the end, its reader says.
  if (!Array.isArray(type)) return undefined;
  const [kind, , , , names, members] = type as readonly unknown[];
  if (kind === list) return listProblem(names, value, path);
  if (kind === map) return mapProblem(members, value, path);
  if (!structures.includes(kind)) return undefined;
  if (!isObject(value)) return problem(path, value, 'an object');
  return first((names as readonly string[]).entries(), ([index, name]) =>
    Object.hasOwn(value, name) && value[name] !== undefined
      ? problemOf((members as readonly unknown[])[index], value[name], path === '' ? name : `${path}.${name}`)
      : undefined,
  );
}

function listProblem(type: unknown, value: unknown, path: string): string | undefined {
  if (!Array.isArray(value)) return problem(path, value, 'a list');
  return first((value as unknown[]).entries(), ([index, item]) => problemOf(type, item, `${path}[${index}]`));
}

function mapProblem(type: unknown, value: unknown, path: string): string | undefined {
  if (!isObject(value)) return problem(path, value, 'an object');
  return first(Object.entries(value), ([name, item]) => problemOf(type, item, `${path}.${name}`));
}

/** Schemas refer to each other by functions, and a member with traits of its own is a pair. */
function unwrapped(schema: unknown): unknown {
  let type = schema;
  for (;;) {
    if (typeof type === 'function') type = type();
    else if (Array.isArray(type) && type.length === 2) [type] = type;
    else if (Array.isArray(type) && type[0] === 0) type = type[4];
    else return type;
  }
}

const simpleTypes: Readonly<Record<number, string>> = {0: 'text', 1: 'a number', 2: 'true or false', 4: 'a date'};

function isSimple(type: number, value: unknown): boolean {
  if (type === 0) return typeof value === 'string';
  if (type === 1) return typeof value === 'number';
  if (type === 2) return typeof value === 'boolean';
  // As the SDK has it, or as the aws CLI prints it.
  if (type === 4) return value instanceof Date || typeof value === 'string' || typeof value === 'number';
  return true;
}

function problem(path: string, value: unknown, expected: string): string {
  const text = JSON.stringify(value) ?? String(value);
  return `${path === '' ? 'the answer' : path} is ${text.length > 40 ? `${text.slice(0, 40)}...` : text}; it is ${expected}`;
}

function first<T>(entries: Iterable<T>, check: (entry: T) => string | undefined): string | undefined {
  for (const entry of entries) {
    const found = check(entry);
    if (found !== undefined) return found;
  }
  return undefined;
}
