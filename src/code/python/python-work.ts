import type {HandlerCode, WorkPlace} from '../handler-code.ts';
import {type PythonFunction, readFunctions, type Statement} from './functions.ts';
import {type LogicalLine, logicalLines, type Token} from './lines.ts';
import {type Modules, readModules} from './modules.ts';
import {standardLibrary} from './standard-library.ts';

/** By the text alone: a statement that is not clear is passed over. */
export function pythonWork({text, name}: HandlerCode): readonly WorkPlace[] | undefined {
  const lines = logicalLines(text);
  if (lines === undefined) return undefined;
  const functions = readFunctions(lines);
  const handlers = functions.filter(fn => fn.name === name);
  if (handlers.length !== 1) return undefined;
  const [handler] = handlers;
  const modules = readModules(lines);
  const followed = [handler!];
  const found: WorkPlace[] = [];
  // Grows while it is walked: a function of the module that is called is looked at in its turn.
  for (const fn of followed) {
    const within = {fn, modules, globals: globalsOf(lines)};
    found.push(...workIn(within, fn === handler));
    for (const called of calledFunctions(within, functions)) if (!followed.includes(called)) followed.push(called);
  }
  return found.sort((a, b) => a.line - b.line || a.column - b.column);
}

interface Within {
  readonly fn: PythonFunction;
  readonly modules: Modules;
  /** What the module assigns outside of functions. */
  readonly globals: ReadonlySet<string>;
}

function workIn(within: Within, isHandler: boolean): readonly WorkPlace[] {
  return within.fn.body.flatMap((statement): readonly WorkPlace[] => {
    if (statement.conditional) return [];
    const module = isHandler ? loadedModule(statement) : undefined;
    if (module !== undefined) {
      const {line, column} = statement.tokens[0]!;
      return [{kind: 'module', what: module, line, column}];
    }
    if (mayBeKept(statement, within)) return [];
    return calls(statement.tokens).flatMap(call => {
      const work = workOf(call, within);
      if (work === undefined || !isSettled(call.given, work.kind === 'connection', within)) return [];
      const {line, column} = statement.tokens[call.at]!;
      return [{...work, line, column}];
    });
  });
}

function loadedModule({tokens: [first, second]}: Statement): string | undefined {
  if (!/^(import|from)$/.test(first?.text ?? '') || second?.kind !== 'name') return undefined;
  return standardLibrary.has(second.text) ? undefined : second.text;
}

interface Call {
  readonly path: readonly string[];
  /** Index of its first token. */
  readonly at: number;
  readonly given: readonly Token[];
}

/** `a.b.c(...)` in a statement, with what stands between the brackets. */
function calls(tokens: readonly Token[]): readonly Call[] {
  return tokens.flatMap((token, index): readonly Call[] => {
    if (token.kind !== 'name' || tokens[index - 1]?.text === '.' || tokens[index - 1]?.text === 'def') return [];
    const path = [token.text];
    let at = index + 1;
    for (; tokens[at]?.text === '.' && tokens[at + 1]?.kind === 'name'; at += 2) path.push(tokens[at + 1]!.text);
    if (tokens[at]?.text !== '(') return [];
    let depth = 0;
    const end = tokens.findIndex(({kind, text}, position) => {
      if (position < at || kind !== 'operator') return false;
      if ('([{'.includes(text)) depth++;
      if (')]}'.includes(text)) depth--;
      return depth === 0;
    });
    return [{path, at: index, given: tokens.slice(at + 1, end)}];
  });
}

function workOf({path, given}: Call, {fn, modules}: Within): Pick<WorkPlace, 'kind' | 'what'> | undefined {
  const [first, ...rest] = path;
  if (fn.parameters.has(first!)) return undefined;
  const shown = path.join('.');
  const module = modules.get(first!);
  if (module === undefined)
    return readsSecret(rest, given) && !remembers(fn) ? {kind: 'secret', what: `${shown}()`} : undefined;
  const whole = [...module, ...rest].join('.');
  if (/^boto3\.(client|resource)$/.test(whole)) {
    const service = given[0]?.kind === 'string' ? given[0].text.replaceAll('"', "'") : '';
    return {kind: 'client', what: `${shown}(${service})`};
  }
  return connections.test(whole) ? {kind: 'connection', what: `${shown}()`} : undefined;
}

/** By a client of boto3; Powertools, which is imported, keeps what it reads. */
function readsSecret(path: readonly string[], given: readonly Token[]): boolean {
  if (path.length !== 1 || !/^(get_secret_value|get_parameters?(_by_path)?)$/.test(path[0]!)) return false;
  return given.some(({text}, index) => /^(SecretId|Names?|Path)$/.test(text) && given[index + 1]?.text === '=');
}

/** It puts something where the next invocation may find it. */
function remembers(fn: PythonFunction): boolean {
  return fn.body.some(({tokens}) => {
    const targets = targetsOf(tokens);
    return targets === undefined || targets.some(name => isGlobal(name, fn));
  });
}

const connections =
  /^(pymysql\.connect|(aurora_dsql_)?psycopg2?\.connect|MySQLdb\.connect|mysql\.connector\.connect|pymongo\.(mongo_client\.)?MongoClient|redis\.(Strict)?Redis|redis\.from_url|sqlalchemy\.create_engine|pyodbc\.connect|cx_Oracle\.connect|oracledb\.connect)$/;

/** Assigned to anything but a name of the function, returned, given to something that stores it, or only maybe made. */
function mayBeKept({tokens}: Statement, {fn}: Within): boolean {
  const [first] = tokens;
  if (first === undefined || /^(lambda|yield|global|nonlocal|assert|raise)$/.test(first.text)) return true;
  if (tokens.some(({kind, text}) => kind === 'name' && /^(or|and|if|lambda|yield)$/.test(text))) return true;
  if (tokens.some(({text}) => text === ':=')) return true;
  if (calls(tokens).some(({path}) => storing.test(path.at(-1)!))) return true;
  const targets = targetsOf(tokens);
  if (targets === undefined) return true;
  return targets.some(name => isGlobal(name, fn) || isStored(name, fn));
}

const storing = /^(set|put|add|append|setdefault|setattr|register|update)$|cache|memo|lazy|singleton/i;

/** The names that a statement assigns; undefined when it assigns something else than names. */
function targetsOf(tokens: readonly Token[]): readonly string[] | undefined {
  let depth = 0;
  const ends = tokens.flatMap(({kind, text}, index) => {
    if (kind !== 'operator') return [];
    if ('([{'.includes(text)) depth++;
    if (')]}'.includes(text)) depth--;
    return depth === 0 && text === '=' ? [index] : [];
  });
  const names: string[] = [];
  let start = 0;
  for (const end of ends) {
    // `table: Table = ...` has its type behind the name.
    const [name, after] = tokens.slice(start, end);
    if (name?.kind !== 'name' || (after !== undefined && after.text !== ':')) return undefined;
    names.push(name.text);
    start = end + 1;
  }
  return names;
}

function isGlobal(name: string, {body}: PythonFunction): boolean {
  return body.some(
    ({tokens: [first, ...names]}) =>
      /^(global|nonlocal)$/.test(first?.text ?? '') && names.some(({text}) => text === name),
  );
}

/** `cache['client'] = client`, `self.client = client`, `cache.put(client)`. */
function isStored(name: string, fn: PythonFunction): boolean {
  return fn.body.some(({tokens}) => {
    const used = tokens.some(
      ({kind, text}, index) => kind === 'name' && text === name && tokens[index - 1]?.text !== '.',
    );
    if (!used) return false;
    const targets = targetsOf(tokens);
    if (targets === undefined || targets.some(target => isGlobal(target, fn))) return tokens.at(-1)?.text === name;
    return calls(tokens).some(({path, given}) => storing.test(path.at(-1)!) && given.some(({text}) => text === name));
  });
}

/** The same in each invocation: literals, the environment, and what the module says, or what is made of these alone. */
function isSettled(tokens: readonly Token[], calling: boolean, within: Within, depth = 0): boolean {
  const {fn, globals, modules} = within;
  if (depth > 5) return false;
  return tokens.every(({kind, text}, index) => {
    // Of f"{stage}" the names are not seen.
    if (kind === 'string') return !/^[a-z]?f[a-z]?['"]/i.test(text);
    if (kind !== 'name' || tokens[index - 1]?.text === '.') return true;
    if (tokens[index + 1]?.text === '=' || constants.test(text)) return true;
    if (fn.parameters.has(text)) return false;
    const assigned = fn.body.filter(statement => targetsOf(statement.tokens)?.includes(text));
    if (assigned.length > 1) return false;
    const [only] = assigned;
    if (only !== undefined) {
      const value = only.tokens.slice(only.tokens.findIndex(token => token.text === '=') + 1);
      return (
        !only.conditional &&
        (calling || !calls(value).some(call => !reads(call, within))) &&
        isSettled(value, calling, within, depth + 1)
      );
    }
    return globals.has(text) || modules.get(text) !== undefined || builtins.test(text);
  });
}

function reads({path}: Call, {modules}: Within): boolean {
  const whole = [...(modules.get(path[0]!) ?? [path[0]!]), ...path.slice(1)].join('.');
  return /^os\.(getenv|environ\.get)$|^(str|int|dict)$/.test(whole);
}

const constants = /^(True|False|None)$/;
const builtins = /^(str|int|float|bool|dict|list)$/;

function globalsOf(lines: readonly LogicalLine[]): ReadonlySet<string> {
  return new Set(lines.filter(({indent}) => indent === 0).flatMap(({tokens}) => targetsOf(tokens) ?? []));
}

/** Functions of the module that are called in any case; one with a decorator may be cached by it. */
function calledFunctions(within: Within, functions: readonly PythonFunction[]): readonly PythonFunction[] {
  return within.fn.body.flatMap(statement => {
    if (statement.conditional || mayBeKept(statement, within)) return [];
    return calls(statement.tokens).flatMap(({path}) =>
      path.length === 1 ? functions.filter(({name, decorated}) => name === path[0] && !decorated) : [],
    );
  });
}
