import {type EnvironmentOptions, templateEnvironment} from '../../cloudformation/environment.ts';
import {type Environment, resolve} from '../../cloudformation/intrinsics.ts';
import {parameterValues} from '../../cloudformation/parameters.ts';
import {parseTemplate} from '../../cloudformation/parse.ts';
import {type ResourceDeclaration, readSections, type Sections} from '../../cloudformation/sections.ts';
import {GearError} from '../../errors.ts';
import {type Resolvable, unresolved} from '../../model/resolvable.ts';
import {ServiceError} from '../service-error.ts';
import type {Deployment, Stack} from '../services/cloudformation/model.ts';
import {checkTemplate} from './check-template.ts';
import {ordered} from './graph.ts';
import {knownLater} from './known-later.ts';
import type {ResourceType} from './resource-type.ts';
import {resourceTypes} from './resources/index.ts';

/** A template made ready for one stack: checked, its parameters known, the resources whose condition holds in order. */
export interface Blueprint {
  readonly sections: Sections;
  readonly parameters: Readonly<Record<string, string>>;
  readonly resources: ReadonlyMap<string, PlannedResource>;
  /** Names as they stand once `lookup` knows the resources. */
  environment(lookup: ResourceLookup): Environment;
}

export interface PlannedResource {
  readonly declaration: ResourceDeclaration;
  readonly type: ResourceType<unknown>;
  /** Of DependsOn and of references. */
  readonly dependsOn: ReadonlySet<string>;
}

type ResourceLookup = Pick<EnvironmentOptions, 'ref' | 'getAtt' | 'importValue'>;

export interface Place {
  readonly account: string;
  readonly region: string;
}

/** Throws ServiceError ValidationError for whatever CloudFormation, or gear local, refuses before it begins. */
export function readBlueprint(
  stack: Pick<Stack, 'stackId' | 'stackName'>,
  deployment: Deployment,
  place: Place,
): Blueprint {
  return asValidationError(() => {
    const sections = readTemplateSections(deployment.processed ?? deployment.template);
    checkTemplate(sections, deployment.capabilities);
    const {parameters, values} = readParameters(sections, deployment.parameters);
    const pseudo = {
      accountId: place.account,
      region: place.region,
      stackName: stack.stackName,
      stackId: stack.stackId,
    };
    const environment = (lookup: ResourceLookup) =>
      templateEnvironment({sections, parameters: values, pseudo, ...lookup});
    return {sections, parameters, environment, resources: plannedResources(sections, environment)};
  });
}

/**
 * As text, and as Ref sees them. What the plan of a nested stack is given may be known after the deployment only: nobody
 * can look yet whether it is a number, or allowed.
 */
function readParameters({parameters: declared}: Sections, given: Deployment['parameters']) {
  const later = Object.keys(given).filter(name => given[name] === knownLater && declared.has(name));
  const without = <V>(entries: Iterable<readonly [string, V]>) =>
    [...entries].filter(([name]) => !later.includes(name));
  const known = parameterValues(new Map(without(declared)), Object.fromEntries(without(Object.entries(given))));
  const all = (value: (name: string) => Resolvable<string>) =>
    Object.fromEntries([...declared.keys()].map(name => [name, known[name] ?? value(name)]));
  return {
    parameters: all(() => knownLater) as Readonly<Record<string, string>>,
    values: all(name => unresolved(name, 'it is known after the deployment')),
  };
}

function readTemplateSections(text: string): Sections {
  return readSections(parseTemplate(text, 'template'));
}

/** What the template language refuses is a ValidationError on the wire. */
export function asValidationError<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof GearError)) throw error;
    const message = error.code === 'TEMPLATE_UNREADABLE' ? `Template format error: ${error.message}` : error.message;
    throw new ServiceError('ValidationError', message);
  }
}

/** Resources whose condition holds, each after what it depends on. */
function plannedResources(
  sections: Sections,
  environment: (lookup: ResourceLookup) => Environment,
): ReadonlyMap<string, PlannedResource> {
  const conditions = environment({ref: () => undefined, getAtt: () => undefined, importValue: () => undefined});
  const included = [...sections.resources.values()].filter(
    // One that nobody can tell yet may come true: the plan shows what it would make.
    ({condition}) => condition === undefined || conditions.condition(condition) !== false,
  );
  const names = new Set(included.map(({logicalId}) => logicalId));
  const planned = new Map<string, PlannedResource>();
  for (const declaration of included) {
    // Only the branch of an If that is taken makes a dependency, so what refers is found by resolving.
    const dependsOn = new Set(declaration.dependsOn.filter(name => names.has(name)));
    const note = (name: string) => {
      if (!names.has(name)) return undefined;
      dependsOn.add(name);
      return unresolved(name, 'it does not exist yet');
    };
    resolve(
      [declaration.properties, declaration.policies],
      environment({ref: note, getAtt: note, importValue: name => unresolved(name, 'an export')}),
    );
    const type = resourceTypes.get(declaration.type);
    if (type === undefined) throw new Error(`${declaration.type} was checked before`);
    planned.set(declaration.logicalId, {declaration, type, dependsOn});
  }
  const {order, cycle} = ordered(new Map([...planned].map(([name, {dependsOn}]) => [name, dependsOn])));
  if (cycle.length > 0)
    throw new ServiceError('ValidationError', `Circular dependency between resources: [${cycle.join(', ')}]`);
  return new Map(order.map(name => [name, planned.get(name)!]));
}
