import type {PlacedTemplate} from '../../cloudformation/placed-template.ts';
import {asText} from '../../model/as-text.ts';
import {isObject} from '../../model/is-object.ts';
import {isUnresolved, type Resolvable, type Unresolved, unresolved} from '../../model/resolvable.ts';
import {conditionHolds} from './conditions.ts';
import {attributeOf, pseudoParameter, referenceTo} from './references.ts';

export type Path = readonly (string | number)[];

/** What stands at a place after the intrinsic function there, if any, has been followed. */
export type Settled =
  | {readonly kind: 'value'; readonly raw: unknown; readonly path: Path}
  /** Absent, or `AWS::NoValue`. */
  | {readonly kind: 'absent'; readonly path: Path}
  | {readonly kind: 'unknown'; readonly unresolved: Unresolved; readonly path: Path};

/** Everything a template's values depend on. */
export interface Environment {
  readonly template: PlacedTemplate;
  readonly parameters: Readonly<Record<string, Resolvable<string>>>;
  /** By logical ID, of what is there already. */
  readonly arns?: ReadonlyMap<string, string>;
  /** Pseudo parameters by name, where it is known for which stack the template is read. */
  readonly pseudo?: Readonly<Record<string, string>>;
  /** What is being evaluated, from the outside in: a template may refer to itself in a circle. */
  readonly within?: readonly string[];
}

/** Follows the intrinsic function at a place; what stands deeper inside is left for when it is asked for. */
export function settle(raw: unknown, path: Path, environment: Environment): Settled {
  if (raw === undefined || raw === null) return {kind: 'absent', path};
  // A template that was made of something else says itself what nobody knows; a member of that name proves nothing.
  if (isUnresolved(raw) && typeof raw.reason === 'string') return {kind: 'unknown', unresolved: raw, path};
  if (typeof raw === 'string') return settleText(raw, path);
  const call = intrinsicCall(raw);
  if (call === undefined) return {kind: 'value', raw, path};
  const [name, argument] = call;
  const inner = [...path, name];
  if (name === 'Ref' && argument === 'AWS::NoValue') return {kind: 'absent', path};
  if (name === 'Fn::If') return settleIf(argument, inner, environment);
  const value = evaluate(name, argument, inner, environment);
  if (typeof value === 'string') return settleText(value, path);
  return isUnresolved(value) ? {kind: 'unknown', unresolved: value, path} : {kind: 'value', raw: value, path};
}

/** What is looked up inside a longer text is a placeholder in it, as a reference that is not known is. */
function settleText(text: string, path: Path): Settled {
  if (!text.includes('{{resolve:')) return {kind: 'value', raw: text, path};
  if (text.replace(dynamicReference, '') === '')
    return {kind: 'unknown', unresolved: unresolved(text, 'it is looked up when the stack is deployed'), path};
  return {
    kind: 'value',
    raw: text.replaceAll(dynamicReference, found => `\${${found.replaceAll(/[${}]/g, '')}}`),
    path,
  };
}

/** What is asked for may hold placeholders itself. */
const dynamicReference = /\{\{resolve:[^{}]*(?:\$\{[^{}]*\}[^{}]*)*\}\}/g;

function intrinsicCall(raw: unknown): readonly [string, unknown] | undefined {
  if (!isObject(raw)) return undefined;
  // Every map of a template comes by here, and few are a call: nothing is made of the others.
  let only: string | undefined;
  for (const name in raw) {
    if (only !== undefined) return undefined;
    only = name;
  }
  if (only === undefined || (only !== 'Ref' && !only.startsWith('Fn::'))) return undefined;
  return [only, raw[only]];
}

function settleIf(argument: unknown, path: Path, environment: Environment): Settled {
  if (!Array.isArray(argument) || argument.length !== 3)
    return {kind: 'unknown', unresolved: unresolved('!If', 'it needs a condition and two values'), path};
  const holds = conditionHolds(argument[0], environment);
  if (isUnresolved(holds)) return {kind: 'unknown', unresolved: holds, path};
  const branch = holds ? 1 : 2;
  return settle(argument[branch], [...path, branch], environment);
}

function evaluate(name: string, argument: unknown, path: Path, environment: Environment): unknown {
  switch (name) {
    case 'Ref':
      return typeof argument === 'string'
        ? reference(argument, environment)
        : unresolved('!Ref', 'it does not name anything');
    case 'Fn::GetAtt':
      return attribute(argument, environment);
    case 'Fn::Sub':
      return substitute(argument, path, environment);
    case 'Fn::Join':
      return join(argument, path, environment);
    case 'Fn::Select':
      return select(argument, path, environment);
    case 'Fn::Split':
      return split(argument, path, environment);
    case 'Fn::FindInMap':
      return findInMap(argument, path, environment);
    case 'Fn::Length':
      return lengthOf(argument, path, environment);
    case 'Fn::ToJsonString':
      return jsonOf(argument, path, environment);
    case 'Fn::Base64':
      return text(argument, path, environment);
    case 'Fn::ImportValue':
      return unresolved(`!ImportValue ${shown(argument)}`, 'another stack exports it');
    default:
      return unresolved(`!${name.replace('Fn::', '')}`, `gear does not evaluate ${name}`);
  }
}

function reference(name: string, environment: Environment): Resolvable<unknown> {
  const pseudo = pseudoParameter(name, environment);
  if (pseudo !== undefined) return pseudo;
  const parameter = record(record(environment.template.body.Parameters)[name]);
  if (Object.keys(parameter).length > 0) return parameterValue(name, parameter, environment);
  return referenceTo(name, environment) ?? unresolved(`!Ref ${name}`, `the template has no ${name}`);
}

function parameterValue(
  name: string,
  parameter: Readonly<Record<string, unknown>>,
  {parameters}: Environment,
): Resolvable<unknown> {
  const type = asText(parameter.Type);
  const given = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  // The default of such a parameter is the name of the SSM parameter, not its value.
  if (type.startsWith('AWS::SSM::Parameter::Value'))
    return unresolved(`!Ref ${name}`, 'it is looked up when the stack is deployed');
  if (isUnresolved(given)) return given;
  const value = given ?? parameter.Default;
  if (value === undefined || value === null)
    return unresolved(
      `!Ref ${name}`,
      `the parameter ${name} has no default (--parameter ${name}=... gives it a value)`,
    );
  const list = type === 'CommaDelimitedList' || type.startsWith('List<');
  return list
    ? asText(value)
        .split(',')
        .map(item => item.trim())
    : asText(value);
}

function attribute(argument: unknown, environment: Environment): Resolvable<string> {
  const [name, attributeName] = (Array.isArray(argument) ? argument : asText(argument).split(/\.(.*)/)).map(asText);
  if (name === undefined || attributeName === undefined) return unresolved('!GetAtt', 'it does not name an attribute');
  return (
    attributeOf(name, attributeName, environment) ??
    unresolved(`!GetAtt ${name}.${attributeName}`, `the template has no ${name}`)
  );
}

/** What is not known inside a longer text stays as a placeholder: `table/${TableName}` still names one table. */
function substitute(argument: unknown, path: Path, environment: Environment): Resolvable<string> {
  const [pattern, given] = Array.isArray(argument) ? [argument[0], record(argument[1])] : [argument, {}];
  if (typeof pattern !== 'string') return unresolved('!Sub', 'it has no text');
  const whole = /^\$\{([^!}][^}]*)\}$/.exec(pattern);
  const value = (name: string): Resolvable<unknown> => {
    if (Object.hasOwn(given, name)) return text(given[name], [...path, 1, name], environment);
    return name.includes('.') ? attribute(name, environment) : reference(name, environment);
  };
  if (whole !== null) {
    const only = value(whole[1]!.trim());
    return isUnresolved(only) ? only : asText(only);
  }
  return pattern.replaceAll(/\$\{(!?)([^}]*)\}/g, (_, literal: string, name: string) => {
    if (literal !== '') return `\${${name}}`;
    const found = value(name.trim());
    return isUnresolved(found) ? `\${${name.trim()}}` : asText(found);
  });
}

function join(argument: unknown, path: Path, environment: Environment): Resolvable<string> {
  if (!Array.isArray(argument)) return unresolved('!Join', 'it has no list');
  const parts = settle(argument[1], [...path, 1], environment);
  if (parts.kind === 'unknown') return parts.unresolved;
  if (parts.kind === 'absent' || !Array.isArray(parts.raw)) return unresolved('!Join', 'it has no list');
  const texts = parts.raw.map((part, index) => text(part, [...parts.path, index], environment));
  const [only] = texts;
  if (texts.length === 1 && isUnresolved(only)) return only;
  return texts.map(part => (isUnresolved(part) ? `\${${part.text}}` : part)).join(asText(argument[0]));
}

function select(argument: unknown, path: Path, environment: Environment): unknown {
  if (!Array.isArray(argument)) return unresolved('!Select', 'it has no list');
  const index = text(argument[0], [...path, 0], environment);
  const list = settle(argument[1], [...path, 1], environment);
  if (isUnresolved(index)) return index;
  if (list.kind === 'unknown') return list.unresolved;
  const item = list.kind === 'value' && Array.isArray(list.raw) ? list.raw[Number(index)] : undefined;
  return item === undefined ? unresolved('!Select', `there is no item ${index}`) : text(item, list.path, environment);
}

function split(argument: unknown, path: Path, environment: Environment): unknown {
  if (!Array.isArray(argument)) return unresolved('!Split', 'it has no text');
  const whole = text(argument[1], [...path, 1], environment);
  return isUnresolved(whole) ? whole : whole.split(asText(argument[0]));
}

function findInMap(argument: unknown, path: Path, environment: Environment): unknown {
  if (!Array.isArray(argument)) return unresolved('!FindInMap', 'it names no mapping');
  const keys = argument.slice(0, 3).map((key, index) => text(key, [...path, index], environment));
  const [map, first, second] = keys;
  const {DefaultValue: otherwise} = record(argument[3]);
  if (!isUnresolved(map) && !isUnresolved(second)) {
    const entries = record(record(environment.template.body.Mappings)[map!]);
    const found = isOpen(first!) ? sameOfAll(entries, second!, otherwise) : record(entries[String(first)])[second!];
    if (found !== undefined) return found;
  }
  const unknown = keys.find(isUnresolved);
  if (unknown !== undefined) return unknown;
  // A placeholder among the keys may be any key, and not only one that the map does not have.
  if (otherwise === undefined || keys.some(isOpen))
    return unresolved(`!FindInMap [${keys.join(', ')}]`, 'the key depends on where the stack is deployed');
  return followed(otherwise, [...path, 3, 'DefaultValue'], environment);
}

/** What every first key leads to, and the default too if there is one: the CDK maps all regions to one runtime. */
function sameOfAll(entries: Readonly<Record<string, unknown>>, second: string, otherwise: unknown): unknown {
  const values = Object.values(entries).map(entry => record(entry)[second]);
  const others = otherwise === undefined ? values : [...values, otherwise];
  return others.every(other => JSON.stringify(other) === JSON.stringify(values[0])) ? values[0] : undefined;
}

function isOpen(key: Resolvable<string>): boolean {
  return isUnresolved(key) || key.includes('${');
}

function followed(raw: unknown, path: Path, environment: Environment): unknown {
  const settled = settle(raw, path, environment);
  if (settled.kind === 'unknown') return settled.unresolved;
  return settled.kind === 'value' ? settled.raw : undefined;
}

function lengthOf(argument: unknown, path: Path, environment: Environment): unknown {
  const list = followed(argument, path, environment);
  if (isUnresolved(list)) return list;
  return Array.isArray(list) ? list.length : unresolved('!Length', 'it has no list');
}

/** Text that holds something unknown is unknown, as a part of it cannot be told from the rest. */
function jsonOf(argument: unknown, path: Path, environment: Environment): Resolvable<string> {
  let unknown: Unresolved | undefined;
  const settledWhole = (raw: unknown, at: Path): unknown => {
    const value = followed(raw, at, environment);
    if (isUnresolved(value)) unknown ??= value;
    if (Array.isArray(value)) return value.map((item, index) => settledWhole(item, [...at, index]));
    if (typeof value !== 'object' || value === null || isUnresolved(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, settledWhole(item, [...at, key])]));
  };
  const json = JSON.stringify(settledWhole(argument, path));
  return unknown ?? json;
}

/** A value that has to be text; numbers and booleans read as text, as CloudFormation does. */
function text(raw: unknown, path: Path, environment: Environment): Resolvable<string> {
  const settled = settle(raw, path, environment);
  if (settled.kind === 'unknown') return settled.unresolved;
  if (settled.kind === 'absent') return '';
  if (typeof settled.raw === 'object') return unresolved(shown(settled.raw), 'it is not text');
  return String(settled.raw);
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export function record(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {};
}
