import {GearError} from '../errors.ts';
import {isObject} from '../model/is-object.ts';
import type {Origin} from '../model/origin.ts';
import type {Condition, PolicyDocument, Principal, Statement} from '../model/policy.ts';
import {isUnresolved, type Resolvable} from '../model/resolvable.ts';
import {isConditionOperator} from './condition-operators.ts';

type Path = readonly (string | number)[];
type OriginAt = (path: Path) => Origin;

/**
 * Reads a policy document from its JSON value, or from JSON text. Members that may be one or many become lists, and
 * what is `Unresolved` stays so. Throws GearError POLICY_MALFORMED. What each kind of policy must have or may not have
 * (a Principal, a Resource) is for the reader of that kind to say.
 */
export function parsePolicy(document: unknown, origin: Origin | OriginAt): PolicyDocument {
  const originAt: OriginAt = typeof origin === 'function' ? origin : () => origin;
  const policy = record(typeof document === 'string' ? fromJson(document, originAt([])) : document, [], originAt);
  refuseUnknown(policy, ['Version', 'Id', 'Statement'], [], originAt);
  // The default is the older one, which knows no policy variables.
  const version = policy.Version ?? '2008-10-17';
  if (version !== '2012-10-17' && version !== '2008-10-17')
    throw malformed(`Version is ${show(version)}; it can be 2012-10-17 or 2008-10-17`, originAt(['Version']));
  if (policy.Statement === undefined) throw malformed('Statement is missing', originAt([]));
  const many = Array.isArray(policy.Statement);
  const statements = many ? (policy.Statement as unknown[]) : [policy.Statement];
  return {
    version,
    statements: statements.map((statement, index) =>
      parseStatement(statement, index, many ? ['Statement', index] : ['Statement'], originAt),
    ),
  };
}

const members = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

function parseStatement(value: unknown, index: number, path: Path, originAt: OriginAt): Statement {
  const statement = record(value, path, originAt);
  const origin = originAt(path);
  refuseUnknown(statement, members, path, originAt);
  const effect = statement.Effect;
  if (effect !== 'Allow' && effect !== 'Deny')
    throw malformed(`Effect is ${show(effect)}; it can be Allow or Deny`, originAt([...path, 'Effect']));
  for (const [one, other] of [
    ['Principal', 'NotPrincipal'],
    ['Action', 'NotAction'],
    ['Resource', 'NotResource'],
  ] as const)
    if (statement[one] !== undefined && statement[other] !== undefined)
      throw malformed(`A statement has either ${one} or ${other}`, origin);
  if (statement.Action === undefined && statement.NotAction === undefined)
    throw malformed('A statement has neither Action nor NotAction', origin);
  const strings = (member: string) => listOfStrings(statement[member], [...path, member], originAt);
  const principal = parsePrincipal(statement.Principal, [...path, 'Principal'], originAt);
  const notPrincipal = parsePrincipal(statement.NotPrincipal, [...path, 'NotPrincipal'], originAt);
  if (statement.Sid !== undefined && typeof statement.Sid !== 'string' && !isUnresolved(statement.Sid))
    throw malformed(`Sid is ${show(statement.Sid)}; it is a string`, originAt([...path, 'Sid']));
  return {
    ...(typeof statement.Sid === 'string' && statement.Sid !== '' ? {sid: statement.Sid} : {}),
    index,
    effect,
    ...(principal ? {principal} : {}),
    ...(notPrincipal ? {notPrincipal} : {}),
    actions: strings('Action'),
    notActions: strings('NotAction'),
    resources: strings('Resource'),
    notResources: strings('NotResource'),
    conditions: parseConditions(statement.Condition, [...path, 'Condition'], originAt),
    origin,
  };
}

function parsePrincipal(value: unknown, path: Path, originAt: OriginAt): Principal | undefined {
  if (value === undefined) return undefined;
  if (value === '*') return {AWS: ['*']};
  if (isUnresolved(value)) return {AWS: [value]};
  const kinds = record(value, path, originAt);
  refuseUnknown(kinds, ['AWS', 'Service', 'Federated', 'CanonicalUser'], path, originAt);
  return Object.fromEntries(
    Object.entries(kinds).map(([kind, names]) => [kind, listOfStrings(names, [...path, kind], originAt)]),
  );
}

function parseConditions(value: unknown, path: Path, originAt: OriginAt): readonly Condition[] {
  if (value === undefined) return [];
  return Object.entries(record(value, path, originAt)).flatMap(([operator, keys]) => {
    const operatorPath = [...path, operator];
    if (!isConditionOperator(operator)) throw malformed(`${operator} is no condition operator`, originAt(operatorPath));
    return Object.entries(record(keys, operatorPath, originAt)).map(([key, values]) => ({
      operator,
      key,
      values: listOfStrings(values, [...operatorPath, key], originAt, true),
    }));
  });
}

function listOfStrings(value: unknown, path: Path, originAt: OriginAt, scalars = false): readonly Resolvable<string>[] {
  if (value === undefined) return [];
  const many = Array.isArray(value);
  return (many ? (value as unknown[]) : [value]).map((item, index) => {
    if (typeof item === 'string' || isUnresolved(item)) return item;
    // JSON and YAML writers leave the quotes off `true` and numbers in conditions, and AWS reads them all the same.
    if (scalars && (typeof item === 'boolean' || typeof item === 'number')) return String(item);
    throw malformed(`${path.at(-1)} contains ${show(item)}; it is a string`, originAt(many ? [...path, index] : path));
  });
}

function record(value: unknown, path: Path, originAt: OriginAt): Readonly<Record<string, unknown>> {
  if (isObject(value) && !isUnresolved(value)) return value;
  const what = path.length === 0 ? 'The policy document' : String(path.at(-1));
  throw malformed(`${what} is ${show(value)}; it is an object`, originAt(path));
}

function refuseUnknown(value: object, known: readonly string[], path: Path, originAt: OriginAt): void {
  for (const name of Object.keys(value))
    if (!known.includes(name)) throw malformed(`${name} is no member of a policy`, originAt([...path, name]));
}

function fromJson(text: string, origin: Origin): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw malformed(`The policy document is no JSON: ${(cause as Error).message}`, origin);
  }
}

function malformed(what: string, origin: Origin): GearError {
  const where = 'arn' in origin ? origin.arn : `${origin.file}:${'line' in origin ? origin.line : origin.address}`;
  return new GearError(`${where}: malformed policy: ${what}`, {code: 'POLICY_MALFORMED'});
}

function show(value: unknown): string {
  if (value === undefined) return 'missing';
  return isUnresolved(value) ? value.text : (JSON.stringify(value) ?? String(value));
}
