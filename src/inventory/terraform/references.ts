import {isObject} from '../../model/is-object.ts';
import type {Module, TerraformResource, TerraformResources} from './resources.ts';

/** What the configuration names where a value is known only after apply. */
export interface References {
  readonly targets: readonly Target[];
  /** References that lead to nothing that a plan shows, such as those to locals. */
  readonly lost: readonly string[];
}

export interface Target {
  readonly resource: TerraformResource;
  /** Absent where the plan leaves it out, as it does behind `[*]` and `[each.key]`. */
  readonly attribute?: string;
}

/** Where an expression stands: names mean what they mean in its module. */
interface Scope {
  readonly module: Module;
  readonly key?: string | number | undefined;
  readonly forEach?: unknown;
}

/** Follows variables into the calls of modules and outputs out of them, to the resources behind. */
export function followReferences(
  expression: unknown,
  from: TerraformResource,
  resources: TerraformResources,
): References {
  const scope = {module: from.module, key: from.key, forEach: from.config?.for_each_expression};
  const found = follow(expression, scope, resources, 0);
  const targets = new Map(found.targets.map(target => [`${target.resource.address}\0${target.attribute}`, target]));
  return {targets: [...targets.values()], lost: [...new Set(found.lost)]};
}

function follow(expression: unknown, scope: Scope, resources: TerraformResources, depth: number): References {
  const names = mostSpecific(referencesIn(expression));
  // Modules do not call each other in circles; a file that was not made by Terraform may.
  if (depth > 50) return {targets: [], lost: names};
  const iterates = names.some(name => /^(each|count)\./.test(name));
  const parts = names
    .filter(name => !/^(each\.key|count\.index|each\.value$)/.test(name))
    .map(name => followOne(name, iterates, scope, resources, depth));
  return {targets: parts.flatMap(({targets}) => targets), lost: parts.flatMap(({lost}) => lost)};
}

/** An expression may be of a block, and then it has one for each of its arguments. */
function referencesIn(expression: unknown): readonly string[] {
  if (Array.isArray(expression)) return expression.flatMap(referencesIn);
  if (!isObject(expression)) return [];
  if (Array.isArray(expression.references)) return expression.references.filter(name => typeof name === 'string');
  return 'constant_value' in expression ? [] : Object.values(expression).flatMap(referencesIn);
}

/** Terraform lists `aws_sqs_queue.orders.arn` and then `aws_sqs_queue.orders`, which adds nothing. */
function mostSpecific(names: readonly string[]): readonly string[] {
  const distinct = [...new Set(names)];
  return distinct.filter(name => !distinct.some(other => other.startsWith(`${name}.`) || other.startsWith(`${name}[`)));
}

function followOne(
  name: string,
  iterates: boolean,
  scope: Scope,
  resources: TerraformResources,
  depth: number,
): References {
  const lost = {targets: [], lost: [name]};
  const [first = '', second = ''] = segments(name);
  if (first === 'var') return throughVariable(second, scope, resources, depth) ?? lost;
  if (first === 'module') return throughOutput(name, iterates, scope, resources, depth) ?? lost;
  if (first === 'each') {
    const [, , attribute] = segments(name);
    const {targets} = follow(scope.forEach, {module: scope.module}, resources, depth + 1);
    const own = targets.filter(({resource}) => resource.key === scope.key);
    if (own.length === 0) return lost;
    return {targets: own.map(({resource}) => ({resource, ...(attribute === undefined ? {} : {attribute})})), lost: []};
  }
  const target = resourceReference(name);
  if (target === undefined) return lost;
  const named = resources.all.filter(
    ({module, mode, type, name: own}) =>
      module === scope.module && mode === target.mode && type === target.type && own === target.name,
  );
  const chosen = choose(named, target.key, iterates ? scope.key : undefined);
  const {attribute} = target;
  return chosen.length === 0
    ? lost
    : {targets: chosen.map(resource => ({resource, ...(attribute === undefined ? {} : {attribute})})), lost: []};
}

/** By the index that is written; or by that of who refers, where it refers by its own. */
function choose<T extends {readonly key?: string | number}>(
  instances: readonly T[],
  written: string | undefined,
  own: string | number | undefined,
): readonly T[] {
  if (written !== undefined) return instances.filter(({key}) => String(key) === written);
  const same = own === undefined ? [] : instances.filter(({key}) => key === own);
  return same.length > 0 ? same : instances;
}

/** A variable of a module is what its call says; one of the root is known, or it does not matter to an audit. */
function throughVariable(name: string, {module}: Scope, resources: TerraformResources, depth: number) {
  const {parent} = module;
  const expression = parent?.config?.module_calls?.[module.name]?.expressions?.[name];
  if (parent === undefined || expression === undefined) return undefined;
  return follow(expression, {module: parent, key: module.key}, resources, depth + 1);
}

function throughOutput(name: string, iterates: boolean, scope: Scope, resources: TerraformResources, depth: number) {
  const [, called, key, output] = /^module\.([^.[]+)(?:\[([^\]]*)\])?\.?([^.[]*)/.exec(name) ?? [];
  const instances = resources.modules.filter(({parent, name: own}) => parent === scope.module && own === called);
  const chosen = choose(instances, unquoted(key), iterates ? scope.key : undefined);
  if (chosen.length === 0 || output === undefined || output === '') return undefined;
  const found = chosen.map(module =>
    follow(module.config?.outputs?.[output]?.expression, {module}, resources, depth + 1),
  );
  return {targets: found.flatMap(({targets}) => targets), lost: found.flatMap(({lost}) => lost)};
}

function resourceReference(name: string) {
  const pattern = /^(data\.)?([a-z0-9_]+)\.([^.[]+)(?:\[([^\]]*)\])?(?:\.([^.[]+))?/;
  const [, data, type, own, key, attribute] = pattern.exec(name) ?? [];
  if (type === undefined || own === undefined || special.has(type)) return undefined;
  return {
    mode: data === undefined ? ('managed' as const) : ('data' as const),
    type,
    name: own,
    key: unquoted(key),
    attribute,
  };
}

const special = new Set(['local', 'path', 'terraform', 'self', 'each', 'count']);

function unquoted(key: string | undefined): string | undefined {
  return key?.replace(/^"(.*)"$/s, '$1');
}

function segments(name: string): readonly string[] {
  return name.split('.');
}
