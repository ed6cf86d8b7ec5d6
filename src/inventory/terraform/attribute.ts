import {isObject} from '../../model/is-object.ts';
import {type Unresolved, unresolved} from '../../model/resolvable.ts';
import {followReferences, type References, type Target} from './references.ts';
import type {TerraformResource, TerraformResources} from './resources.ts';

/** A value of a resource, or where it will be. */
export interface Attribute {
  /** `redrive_policy`, `vpc_config.subnet_ids`. */
  readonly name: string;
  /** Undefined where it is not set or not known. */
  readonly value: unknown;
  /** All of it is known after apply only. */
  readonly isUnknown: boolean;
  readonly references: References;
  at(name: string): Attribute;
  /** The items of a list, the blocks of one kind. */
  items(): readonly Attribute[];
  /** A block that stands once at most. */
  block(name: string): Attribute | undefined;
  /** As plain values, what is not known as `Unresolved`; undefined where nothing is set. */
  plain(): unknown;
  /** Why it cannot be known. */
  reason(): Unresolved;
}

export function attributesOf(resource: TerraformResource, resources: TerraformResources): Attribute {
  return attribute('', resource.values, resource.unknown, resource.config?.expressions, {resource, resources});
}

interface Place {
  readonly resource: TerraformResource;
  readonly resources: TerraformResources;
}

function attribute(name: string, raw: unknown, unknown: unknown, expression: unknown, place: Place): Attribute {
  const isUnknown = unknown === true;
  const value = isUnknown || raw === null ? undefined : raw;
  const references = () => followReferences(expression, place.resource, place.resources);
  const child = (key: string | number, own: string) =>
    attribute(own, member(raw, key), isUnknown || member(unknown, key), partOf(expression, key, raw), place);
  const self: Attribute = {
    name,
    value,
    isUnknown,
    get references() {
      return references();
    },
    at(key) {
      const own = name === '' ? key : `${name}.${key}`;
      const found = child(key, own);
      // What is left to AWS is unknown until then, and says nothing about what its author wants.
      const left = name === '' && found.isUnknown && leftToAws.has(key) && member(expression, key) === undefined;
      return left ? attribute(own, undefined, undefined, undefined, place) : found;
    },
    items() {
      if (Array.isArray(raw)) return raw.map((_, index) => child(index, name));
      if (Array.isArray(unknown)) return unknown.map((_, index) => child(index, name));
      return isUnknown || value !== undefined ? [self] : [];
    },
    block: key => self.at(key).items()[0],
    plain() {
      if (isUnknown) return self.reason();
      if (Array.isArray(value) || Array.isArray(unknown)) return self.items().map(item => item.plain());
      if (!isObject(value) && !holdsTrue(unknown)) return value;
      const keys = new Set([
        ...Object.keys(isObject(value) ? value : {}),
        ...Object.keys(isObject(unknown) ? unknown : {}),
      ]);
      return Object.fromEntries(
        [...keys].map(key => [key, self.at(key).plain()]).filter(([, each]) => each !== undefined),
      );
    },
    reason() {
      const {targets, lost} = references();
      const named = [...targets.map(shown), ...lost];
      const depends = named.length === 0 ? '' : ` (it depends on ${named.join(', ')})`;
      return unresolved(`${place.resource.address}.${name}`, `it is known after apply${depends}`);
    },
  };
  return self;
}

export function shown({resource, attribute: own}: Target): string {
  return own === undefined ? resource.address : `${resource.address}.${own}`;
}

/** Optional in the configuration, and filled in by AWS or by the provider when it is left out. */
const leftToAws: ReadonlySet<string> = new Set([
  'architectures',
  'ephemeral_storage',
  'inline_policy',
  'logging_config',
  'managed_policy_arns',
  'maximum_record_age_in_seconds',
  'maximum_retry_attempts',
  'name',
  'parallelization_factor',
  'point_in_time_recovery',
  'policy',
  'redrive_allow_policy',
  'redrive_policy',
  'region',
  'source_code_size',
  'stream_view_type',
  'tags_all',
  'tracing_config',
]);

function member(value: unknown, key: string | number): unknown {
  if (Array.isArray(value)) return value[Number(key)];
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function isLeaf(expression: unknown): boolean {
  return isObject(expression) && (Array.isArray(expression.references) || 'constant_value' in expression);
}

/**
 * Blocks have their expressions in the order in which they are written. Of a set the values are in another order, and
 * of a dynamic block there are more or fewer: then any of the expressions may be the one.
 */
function partOf(expression: unknown, key: string | number, raw: unknown): unknown {
  if (isLeaf(expression)) return expression;
  if (!Array.isArray(expression) || typeof key !== 'number') return member(expression, key);
  const aligned = expression.length === 1 || (Array.isArray(raw) && raw.length === expression.length);
  return aligned ? expression[expression.length === 1 ? 0 : key] : merged(expression);
}

function merged(expressions: readonly unknown[]): unknown {
  const names = new Set(expressions.filter(isObject).flatMap(Object.keys));
  return Object.fromEntries([...names].map(name => [name, expressions.map(each => member(each, name))]));
}

function holdsTrue(unknown: unknown): boolean {
  if (Array.isArray(unknown)) return unknown.some(holdsTrue);
  return unknown === true || (isObject(unknown) && Object.values(unknown).some(holdsTrue));
}
