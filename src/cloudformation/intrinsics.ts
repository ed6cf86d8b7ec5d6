import {GearError} from '../errors.ts';
import {asText} from '../model/as-text.ts';
import {isObject} from '../model/is-object.ts';
import {isUnresolved, type Resolvable, type Unresolved} from '../model/resolvable.ts';
import {subPieces} from './sub.ts';

/** What the names in a template stand for. `undefined` is "no such name"; what cannot be known yet is `Unresolved`. */
export interface Environment {
  ref(name: string): unknown;
  getAtt(logicalId: string, attribute: string): unknown;
  condition(name: string): Resolvable<boolean>;
  findInMap(map: string, first: string, second: string): unknown;
  importValue(name: string): unknown;
  availabilityZones(region: string): readonly string[];
}

/** What `AWS::NoValue` resolves to: the property or the list entry that holds it vanishes. */
export const noValue = Symbol('AWS::NoValue');

/**
 * A value with every intrinsic function carried out. A function one of whose operands is `Unresolved` is `Unresolved`.
 * Throws GearError TEMPLATE_INVALID with AWS's sentence.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export function resolve(value: unknown, environment: Environment): unknown {
  if (Array.isArray(value)) return value.map(entry => resolve(entry, environment)).filter(entry => entry !== noValue);
  if (typeof value !== 'object' || value === null || isUnresolved(value)) return value;
  const name = intrinsicName(value);
  if (name !== undefined) return call(name, (value as Record<string, unknown>)[name], environment);
  const result: [string, unknown][] = [];
  for (const [key, entry] of Object.entries(value)) {
    const resolved = resolve(entry, environment);
    if (resolved !== noValue) result.push([key, resolved]);
  }
  return Object.fromEntries(result);
}

/** `Ref` or `Fn::Sub` when the value is a call of a function; an object with more keys than one is data. */
export function intrinsicName(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  const keys = Object.keys(value);
  if (keys.length !== 1) return undefined;
  const name = keys[0]!;
  // {Condition: X} is a call only inside a condition; elsewhere, as in a policy statement, it is data.
  return name === 'Ref' || name.startsWith('Fn::') ? name : undefined;
}

/** The first part of a value that is not known, wherever it stands in it. */
export function findUnresolved(value: unknown): Unresolved | undefined {
  if (isUnresolved(value)) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const entry of Object.values(value)) {
    const found = findUnresolved(entry);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The truth of a condition expression. */
export function evaluateCondition(expression: unknown, environment: Environment): Resolvable<boolean> {
  if (typeof expression === 'object' && expression !== null && Object.keys(expression).length === 1) {
    const [name, operand] = Object.entries(expression)[0]!;
    if (name === 'Condition' && typeof operand === 'string') return environment.condition(operand);
    if (name === 'Fn::And' || name === 'Fn::Or') return combine(name, operand, environment);
    if (name === 'Fn::Not') {
      const truth = evaluateCondition(operands(name, operand, 1, 1)[0], environment);
      return isUnresolved(truth) ? truth : !truth;
    }
  }
  const value = resolve(expression, environment);
  if (isUnresolved(value)) return value;
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw invalid('Template format error: every condition must be a boolean expression');
}

function combine(name: 'Fn::And' | 'Fn::Or', operand: unknown, environment: Environment): Resolvable<boolean> {
  const decisive = name === 'Fn::Or';
  let unknown: Unresolved | undefined;
  for (const part of operands(name, operand, 2, 10)) {
    const truth = evaluateCondition(part, environment);
    if (isUnresolved(truth)) unknown ??= truth;
    else if (truth === decisive) return decisive;
  }
  return unknown ?? !decisive;
}

type Intrinsic = (operand: unknown, environment: Environment) => unknown;

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref(operand, environment) {
    if (typeof operand !== 'string')
      throw invalid('Template format error: every Ref object must have a single String value.');
    if (operand === 'AWS::NoValue') return noValue;
    return known(environment.ref(operand), operand);
  },
  'Fn::GetAtt'(operand, environment) {
    const [logicalId, attribute] = getAttOperands(operand);
    const name = resolve(attribute, environment);
    if (isUnresolved(name)) return name;
    return known(environment.getAtt(logicalId, text('Fn::GetAtt', name)), logicalId);
  },
  'Fn::Sub'(operand, environment) {
    const [template, variables] = Array.isArray(operand) ? operands('Fn::Sub', operand, 2, 2) : [operand, {}];
    if (typeof template !== 'string' || typeof variables !== 'object' || variables === null)
      throw invalid('Template error: every Fn::Sub object must be either a string or a list of a string and a map');
    const parts = subPieces(template).map(piece => {
      if (piece.kind === 'text') return piece.text;
      if (Object.hasOwn(variables, piece.name))
        return resolve((variables as Record<string, unknown>)[piece.name], environment);
      const dot = piece.name.indexOf('.');
      return dot < 0
        ? known(environment.ref(piece.name), piece.name)
        : known(environment.getAtt(piece.name.slice(0, dot), piece.name.slice(dot + 1)), piece.name.slice(0, dot));
    });
    return parts.find(isUnresolved) ?? parts.map(part => text('Fn::Sub', part)).join('');
  },
  'Fn::Join'(operand, environment) {
    const [delimiter, list] = resolved('Fn::Join', operands('Fn::Join', operand, 2, 2), environment);
    const unknown = findUnresolved([delimiter, list]);
    if (unknown !== undefined) return unknown;
    return entries('Fn::Join', list)
      .map(entry => text('Fn::Join', entry))
      .join(text('Fn::Join', delimiter));
  },
  'Fn::Split'(operand, environment) {
    const [delimiter, source] = resolved('Fn::Split', operands('Fn::Split', operand, 2, 2), environment);
    const unknown = findUnresolved([delimiter, source]);
    if (unknown !== undefined) return unknown;
    return text('Fn::Split', source).split(text('Fn::Split', delimiter));
  },
  'Fn::Select'(operand, environment) {
    const [index, list] = resolved('Fn::Select', operands('Fn::Select', operand, 2, 2), environment);
    const unknown = [index, list].find(isUnresolved);
    if (unknown !== undefined) return unknown;
    const choices = entries('Fn::Select', list);
    const position = Number(index);
    if (!Number.isInteger(position) || position < 0 || position >= choices.length)
      throw invalid(`Template error: Fn::Select cannot select nonexistent value at index ${asText(index)}`);
    return choices[position];
  },
  'Fn::If'(operand, environment) {
    const [condition, then, otherwise] = operands('Fn::If', operand, 3, 3);
    const truth = environment.condition(text('Fn::If', condition));
    return isUnresolved(truth) ? truth : resolve(truth ? then : otherwise, environment);
  },
  'Fn::Equals'(operand, environment) {
    const [left, right] = resolved('Fn::Equals', operands('Fn::Equals', operand, 2, 2), environment);
    return findUnresolved([left, right]) ?? JSON.stringify(comparable(left)) === JSON.stringify(comparable(right));
  },
  'Fn::And': (operand, environment) => evaluateCondition({'Fn::And': operand}, environment),
  'Fn::Or': (operand, environment) => evaluateCondition({'Fn::Or': operand}, environment),
  'Fn::Not': (operand, environment) => evaluateCondition({'Fn::Not': operand}, environment),
  'Fn::FindInMap'(operand, environment) {
    const [map, first, second, options] = resolved(
      'Fn::FindInMap',
      operands('Fn::FindInMap', operand, 3, 4),
      environment,
    );
    const unknown = [map, first, second].find(isUnresolved);
    if (unknown !== undefined) return unknown;
    const keys = [map, first, second].map(key => text('Fn::FindInMap', key)) as [string, string, string];
    const found = environment.findInMap(...keys) ?? (options as {DefaultValue?: unknown} | undefined)?.DefaultValue;
    if (found === undefined) throw invalid(`Template error: Unable to get mapping for ${keys.join('::')}`);
    return found;
  },
  'Fn::Base64'(operand, environment) {
    const value = resolve(operand, environment);
    return isUnresolved(value) ? value : Buffer.from(text('Fn::Base64', value)).toString('base64');
  },
  'Fn::ImportValue'(operand, environment) {
    const name = resolve(operand, environment);
    if (isUnresolved(name)) return name;
    const value = environment.importValue(text('Fn::ImportValue', name));
    if (value === undefined) throw invalid(`No export named ${asText(name)} found.`);
    return value;
  },
  'Fn::GetAZs'(operand, environment) {
    const region = resolve(operand === '' ? {Ref: 'AWS::Region'} : operand, environment);
    return isUnresolved(region) ? region : environment.availabilityZones(text('Fn::GetAZs', region));
  },
  'Fn::Length'(operand, environment) {
    const list = resolve(operand, environment);
    return isUnresolved(list) ? list : entries('Fn::Length', list).length;
  },
  'Fn::ToJsonString'(operand, environment) {
    const value = resolve(operand, environment);
    return findUnresolved(value) ?? JSON.stringify(value);
  },
};

function call(name: string, operand: unknown, environment: Environment): unknown {
  const intrinsic = Object.hasOwn(intrinsics, name) ? intrinsics[name] : undefined;
  if (intrinsic === undefined) throw invalid(`Template error: gear does not carry out ${name}`);
  return intrinsic(operand, environment);
}

/** Logical ID and attribute of both spellings, `[A, B.C]` and `A.B.C`. */
function getAttOperands(operand: unknown): [logicalId: string, attribute: unknown] {
  if (Array.isArray(operand) && operand.length >= 2 && typeof operand[0] === 'string')
    return [operand[0], operand.length === 2 ? operand[1] : operand.slice(1).join('.')];
  if (typeof operand === 'string' && operand.includes('.')) {
    const dot = operand.indexOf('.');
    return [operand.slice(0, dot), operand.slice(dot + 1)];
  }
  throw invalid(
    'Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute',
  );
}

function operands(name: string, operand: unknown, least: number, most: number): readonly unknown[] {
  if (Array.isArray(operand) && operand.length >= least && operand.length <= most) return operand;
  throw invalid(
    `Template error: every ${name} object requires a list of ${least === most ? least : `${least} to ${most}`} values`,
  );
}

function resolved(name: string, values: readonly unknown[], environment: Environment): readonly unknown[] {
  return values.map(value => {
    const result = resolve(value, environment);
    if (result === noValue) throw invalid(`Template error: AWS::NoValue cannot be a value of ${name}`);
    return result;
  });
}

/** A list, or a CommaDelimitedList that came as text. */
function entries(name: string, list: unknown): readonly unknown[] {
  if (Array.isArray(list)) return list;
  throw invalid(`Template error: ${name} requires a list`);
}

function text(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw invalid(
    `Template error: ${name} requires text where there is ${value === null ? 'nothing' : 'a list or a map'}`,
  );
}

/** CloudFormation compares as text: 1 equals "1". */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  return typeof value === 'object' && value !== null ? value : String(value);
}

function known(value: unknown, name: string): unknown {
  if (value === undefined)
    throw invalid(`Template format error: Unresolved resource dependencies [${name}] in the template`);
  return value;
}

function invalid(message: string): GearError {
  return new GearError(message, {code: 'TEMPLATE_INVALID'});
}
