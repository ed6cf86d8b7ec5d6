import {isDeepStrictEqual} from 'node:util';
import type {Environment} from '../../cloudformation/intrinsics.ts';
import {unresolved} from '../../model/resolvable.ts';
import {ServiceError} from '../service-error.ts';
import type {Plan} from '../services/cloudformation/engine.ts';
import type {Deployment, ResourceChange, Stack} from '../services/cloudformation/model.ts';
import type {CloudFormationStore} from '../services/cloudformation/store.ts';
import {asValidationError, type Blueprint, type Place, type PlannedResource, readBlueprint} from './blueprint.ts';
import {resolveOutputs} from './outputs.ts';
import {resolveProperties} from './resolve-properties.ts';
import {addition, modification, removal} from './resource-change.ts';

/** What a deployment would do to a stack, with every check that can be made before it does. */
export function planDeployment(store: CloudFormationStore, stack: Stack, deployment: Deployment, place: Place): Plan {
  const blueprint = readBlueprint(stack, deployment, place);
  return asValidationError(() => {
    const settled = new Set<string>();
    const environment = blueprint.environment({
      ref: name => (settled.has(name) ? stack.resources[name]?.ref : later(name)),
      getAtt: (name, attribute) => (settled.has(name) ? stack.resources[name]?.attributes[attribute] : later(name)),
      importValue: name => store.exports().get(name)?.value,
    });
    const changes = plannedChanges(stack, deployment, blueprint, environment, settled);
    const outputs = resolveOutputs(blueprint, environment);
    return {
      ...(blueprint.sections.description === undefined ? {} : {description: blueprint.sections.description}),
      parameters: shownParameters(blueprint),
      changes,
      changesSomething:
        changes.length > 0 ||
        stack.deployed === undefined ||
        !isDeepStrictEqual(stack.outputs, outputs) ||
        !isDeepStrictEqual(stack.deployed.tags, deployment.tags),
    };
  });
}

/** NoEcho values are never shown. */
export function shownParameters({sections, parameters}: Blueprint): Plan['parameters'] {
  return Object.entries(parameters).map(([key, value]) => ({
    key,
    value: sections.parameters.get(key)?.noEcho ? '****' : value,
  }));
}

/** `settled` collects the resources whose Ref and attributes stay what they are. */
function plannedChanges(
  stack: Stack,
  deployment: Deployment,
  {resources}: Blueprint,
  environment: Environment,
  settled: Set<string>,
): ResourceChange[] {
  const changes: ResourceChange[] = [];
  for (const [name, planned] of resources) {
    const properties = resolveProperties(planned, environment, deployment.tags);
    const existing = stack.resources[name];
    if (existing?.physicalId === undefined) {
      changes.push(addition(planned, properties));
      continue;
    }
    if (existing.type !== planned.declaration.type)
      throw new ServiceError(
        'ValidationError',
        `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${name}]`,
      );
    const change = modification(planned, existing, properties);
    if (change !== undefined) changes.push(change);
    if (change?.replacement === 'True') requireNewName(planned, existing.properties, properties);
    const staysKnown = change?.replacement === 'False' && planned.type.attributesChange !== true;
    if (change === undefined || staysKnown) settled.add(name);
  }
  const removed = Object.values(stack.resources).filter(
    ({logicalId, physicalId}) => physicalId !== undefined && !resources.has(logicalId),
  );
  return [...changes, ...removed.map(removal)];
}

export function requireNewName(
  {type: {nameProperty}, declaration: {logicalId}}: PlannedResource,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): void {
  if (nameProperty === undefined || after[nameProperty] === undefined || before[nameProperty] !== after[nameProperty])
    return;
  throw new ServiceError(
    'ValidationError',
    `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${String(after[nameProperty])} (${logicalId}) and update the stack again.`,
  );
}

function later(name: string) {
  return unresolved(name, 'it is known after the deployment');
}
