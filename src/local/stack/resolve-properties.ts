import {type Environment, noValue, resolve} from '../../cloudformation/intrinsics.ts';
import {ServiceError} from '../service-error.ts';
import type {Tag} from '../services/cloudformation/model.ts';
import {isRequired, type Shape} from '../shape.ts';
import type {PlannedResource} from './blueprint.ts';
import {policyProblems, propertyProblems} from './check-template.ts';
import {decodeProperties, type PropertyProblem} from './properties.ts';

/** A resource's properties as its handler takes them. Throws ServiceError ValidationError naming each that does not fit. */
export function resolveProperties(
  {declaration, type}: PlannedResource,
  environment: Environment,
  stackTags: readonly Tag[],
): Readonly<Record<string, unknown>> {
  const resolved = resolve(declaration.properties, environment);
  const problems: PropertyProblem[] = [];
  const decoded = decodeProperties(type.properties, resolved === noValue ? {} : resolved, problems);
  if (problems.length > 0)
    throw new ServiceError(
      'ValidationError',
      propertyProblems(declaration.logicalId, declaration.type, problems).join('; '),
    );
  const properties = decoded as Record<string, unknown>;
  const tags = tagsShape(type.properties);
  if (stackTags.length === 0 || tags === undefined) return properties;
  return {...properties, Tags: withStackTags(properties.Tags, stackTags, tags.kind)};
}

/** A resource's UpdatePolicy as its handler takes it. */
export function resolveUpdatePolicy({declaration, type}: PlannedResource, environment: Environment): unknown {
  const {UpdatePolicy} = declaration.policies;
  if (UpdatePolicy === undefined || type.updatePolicy === undefined) return undefined;
  const resolved = resolve(UpdatePolicy, environment);
  if (resolved === noValue) return undefined;
  const problems: PropertyProblem[] = [];
  const policy = decodeProperties(type.updatePolicy, resolved, problems);
  if (problems.length === 0) return policy;
  throw new ServiceError(
    'ValidationError',
    policyProblems(declaration.logicalId, declaration.type, problems).join('; '),
  );
}

function tagsShape(shape: Shape): Shape | undefined {
  const tags = shape.kind === 'structure' ? shape.members.Tags : undefined;
  return tags === undefined || isRequired(tags) ? undefined : tags;
}

/** CloudFormation gives a stack's tags to its resources; a resource's own value of a key wins. */
function withStackTags(own: unknown, stackTags: readonly Tag[], kind: Shape['kind']): unknown {
  if (kind === 'map') return {...Object.fromEntries(stackTags.map(({Key, Value}) => [Key, Value])), ...(own as object)};
  const tags = Array.isArray(own) ? (own as Tag[]) : [];
  const keys = new Set(tags.map(({Key}) => Key));
  return [...tags, ...stackTags.filter(({Key}) => !keys.has(Key))];
}
