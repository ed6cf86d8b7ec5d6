import {templateEnvironment} from '../../cloudformation/environment.ts';
import {type Environment, findUnresolved, resolve} from '../../cloudformation/intrinsics.ts';
import type {ParameterDeclaration, ResourceDeclaration, Sections} from '../../cloudformation/sections.ts';
import {GearError} from '../../errors.ts';
import {isUnresolved, type Resolvable, unresolved} from '../../model/resolvable.ts';
import {namesOf} from './name-patterns.ts';
import {arnIn, type Place, partitionOf} from './place.ts';
import type {DeployedResource} from './resource-needs.ts';
import {freeTypes, resourceNeeds} from './types/index.ts';

/**
 * The resources that a deployment is going to have, each with the names that CloudFormation will give it. One whose
 * condition depends on a parameter that nobody gave is among them. Throws GearError for a type or a property of which
 * it is not known what it takes.
 */
export function deployedResources(
  sections: Sections,
  parameters: Readonly<Record<string, Resolvable<string>>>,
  place: Place,
): readonly DeployedResource[] {
  if (sections.transforms.length > 0)
    throw refused(`what ${sections.transforms.join(' and ')} makes of the template is known to CloudFormation only`);
  const resources = new Map<string, DeployedResource | 'resolving'>();
  const environment: Environment = templateEnvironment({
    sections,
    parameters: Object.fromEntries(
      [...sections.parameters].map(([name, declaration]) => [name, givenOrDefault(name, declaration, parameters)]),
    ),
    pseudo: {
      accountId: place.account,
      region: place.region,
      partition: partitionOf(place.region),
      stackName: place.stackName,
      stackId: arnIn(place, 'cloudformation', `stack/${place.stackName}/*`),
    },
    ref(logicalId) {
      const resource = resourceOf(logicalId);
      if (resource === undefined) return unknown(logicalId);
      return resourceNeeds.get(resource.type)?.ref?.(resource) ?? resource.names[0] ?? unknown(logicalId);
    },
    getAtt(logicalId, attribute) {
      const resource = resourceOf(logicalId);
      const read = resource && resourceNeeds.get(resource.type)?.attributes?.[attribute];
      return read === undefined ? unknown(`${logicalId}.${attribute}`) : read(resource!);
    },
    importValue: name => unresolved(name, 'it is exported by another stack'),
  });
  const isIncluded = ({condition}: ResourceDeclaration) =>
    condition === undefined || environment.condition(condition) !== false;
  const resourceOf = (logicalId: string): DeployedResource | undefined => {
    const declaration = sections.resources.get(logicalId)!;
    const known = resources.get(logicalId);
    // A resource that refers to itself is refused by CloudFormation too; here it is only not known.
    if (known === 'resolving' || !isIncluded(declaration)) return undefined;
    if (known !== undefined) return known;
    resources.set(logicalId, 'resolving');
    const resource: DeployedResource = {
      ...deployedResource(declaration, environment, place),
      sibling: (type, name) =>
        [...resources.values()].find(
          (other): other is DeployedResource =>
            other !== 'resolving' && other.type === type && other.names.includes(name),
        ),
    };
    resources.set(logicalId, resource);
    return resource;
  };
  return [...sections.resources.values()]
    .filter(declaration => isIncluded(declaration) && !freeTypes.includes(declaration.type))
    .map(({logicalId}) => resourceOf(logicalId)!);
}

function deployedResource(
  declaration: ResourceDeclaration,
  environment: Environment,
  place: Place,
): Omit<DeployedResource, 'sibling'> {
  const {logicalId, type} = declaration;
  const needs = resourceNeeds.get(type);
  if (needs === undefined && !freeTypes.includes(type))
    throw refused(`${logicalId} is of the type ${type}, and gear does not know what that takes`);
  const properties = resolve(declaration.properties, environment) as Readonly<Record<string, unknown>>;
  const known = [...(needs?.plain ?? []), ...Object.keys(needs?.when ?? {}), needs?.name?.property];
  const stranger = Object.keys(properties).find(name => !known.includes(name));
  if (needs !== undefined && stranger !== undefined)
    throw refused(`${logicalId} (${type}) has the property ${stranger}, and gear does not know what that takes`);
  const text = (value: unknown, property: string): string => {
    if (typeof value === 'string') return value;
    const reason = findUnresolved(value);
    throw refused(
      `the ${property} of ${logicalId} is not known${reason === undefined ? '' : `: ${reason.text}, ${reason.reason}`}`,
      reason === undefined ? [] : [`--parameter ${reason.text}=...`],
    );
  };
  return {
    logicalId,
    type,
    place,
    isRetained: declaration.deletionPolicy === 'Retain' && declaration.updateReplacePolicy === 'Retain',
    properties,
    names: namesOf(needs?.name, logicalId, properties, place),
    updatePolicy: resolve(declaration.policies.UpdatePolicy, environment),
    text: property => text(properties[property], property),
    texts(property) {
      const list = properties[property];
      return (Array.isArray(list) ? list : [list]).map(entry => text(entry, property));
    },
  };
}

/** What was given, the default, or the knowledge that nobody knows. */
function givenOrDefault(
  name: string,
  {default: value}: ParameterDeclaration,
  given: Readonly<Record<string, Resolvable<string>>>,
): Resolvable<string> {
  const own = given[name];
  // Its name is what --parameter takes.
  if (isUnresolved(own)) return unresolved(name, own.reason);
  return own ?? value ?? unresolved(name, 'a parameter without a default');
}

function unknown(text: string): Resolvable<string> {
  return unresolved(text, 'it is known after the deployment only');
}

function refused(reason: string, suggestions: readonly string[] = []): GearError {
  return new GearError(`The policy of the deployer cannot be told: ${reason}`, {code: 'POLICY_UNKNOWN', suggestions});
}
