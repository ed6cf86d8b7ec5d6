import {intrinsicName} from '../../cloudformation/intrinsics.ts';
import {isObject} from '../../model/is-object.ts';
import {isUnresolved, unresolved} from '../../model/resolvable.ts';
import {isRequired, type Shape} from '../shape.ts';

export interface PropertyProblem {
  /** `Environment.Variables`, from the resource's Properties. */
  readonly path: string;
  readonly message: string;
}

/**
 * Properties in the types that their shape says: a template may write a number as text, and text as a number. Works on
 * a template's own text as well, where an intrinsic function may stand anywhere, and on values partly `Unresolved`.
 */
export function decodeProperties(
  shape: Shape,
  value: unknown,
  problems: PropertyProblem[],
  path: readonly string[] = [],
): unknown {
  const refuse = (message: string): undefined => {
    problems.push({path: path.join('.'), message});
    return undefined;
  };
  if (isUnresolved(value)) return value;
  const intrinsic = intrinsicName(value);
  if (intrinsic !== undefined) {
    if (intrinsic === 'Fn::If') decodeBranches(shape, value, problems, path);
    return unresolved(intrinsic, 'it is not resolved yet');
  }
  // It is looked up when the resource is made, and may stand where a number is wanted.
  if (typeof value === 'string' && value.includes('{{resolve:') && !/list|map|structure/.test(shape.kind)) return value;
  switch (shape.kind) {
    case 'string':
      return isScalar(value) ? String(value) : refuse(`expected type: String, found: ${found(value)}`);
    case 'integer':
    case 'double': {
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      const fits =
        typeof number === 'number' && (shape.kind === 'double' ? !Number.isNaN(number) : Number.isInteger(number));
      return fits
        ? number
        : refuse(`expected type: ${shape.kind === 'integer' ? 'Integer' : 'Number'}, found: ${found(value)}`);
    }
    case 'boolean':
      if (typeof value === 'boolean') return value;
      return value === 'true' || value === 'false'
        ? value === 'true'
        : refuse(`expected type: Boolean, found: ${found(value)}`);
    case 'list':
      if (!Array.isArray(value)) return refuse(`expected type: JSONArray, found: ${found(value)}`);
      return value.map((entry, index) => decodeProperties(shape.member, entry, problems, [...path, String(index)]));
    case 'map':
      if (!isObject(value)) return refuse(`expected type: JSONObject, found: ${found(value)}`);
      return Object.fromEntries(
        Object.entries(value).map(([key, entry]) => [
          key,
          decodeProperties(shape.value, entry, problems, [...path, key]),
        ]),
      );
    case 'structure':
      if (!isObject(value)) return refuse(`expected type: JSONObject, found: ${found(value)}`);
      return decodeMembers(shape, value, problems, path);
    default:
      return value;
  }
}

function decodeMembers(
  shape: Extract<Shape, {kind: 'structure'}>,
  value: Readonly<Record<string, unknown>>,
  problems: PropertyProblem[],
  path: readonly string[],
): Record<string, unknown> {
  for (const [name, member] of Object.entries(shape.members))
    if (isRequired(member) && (value[name] === undefined || value[name] === null))
      problems.push({path: [...path, name].join('.'), message: 'this property is required'});
  const decoded: Record<string, unknown> = {};
  for (const [name, entry] of Object.entries(value)) {
    const member = Object.hasOwn(shape.members, name) ? shape.members[name] : undefined;
    if (member === undefined)
      problems.push({path: [...path, name].join('.'), message: 'gear local does not implement this property'});
    else if (entry === null) problems.push({path: [...path, name].join('.'), message: 'it has no value'});
    else
      decoded[name] = decodeProperties(isRequired(member) ? member.required : member, entry, problems, [...path, name]);
  }
  return decoded;
}

function decodeBranches(shape: Shape, value: unknown, problems: PropertyProblem[], path: readonly string[]): void {
  const operands = (value as {'Fn::If': unknown})['Fn::If'];
  if (Array.isArray(operands)) for (const branch of operands.slice(1)) decodeProperties(shape, branch, problems, path);
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function found(value: unknown): string {
  if (Array.isArray(value)) return 'JSONArray';
  if (value === null) return 'Null';
  return {string: 'String', number: 'Number', boolean: 'Boolean'}[typeof value as string] ?? 'JSONObject';
}
