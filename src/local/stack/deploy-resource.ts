import type {Environment} from '../../cloudformation/intrinsics.ts';
import type {Stack, StackResource} from '../services/cloudformation/model.ts';
import {asValidationError, type PlannedResource} from './blueprint.ts';
import {noNotes, resourceContext} from './context.ts';
import {createPhysical, physicalPart} from './create-physical.ts';
import {describeFailure} from './failure.ts';
import {Interrupted} from './interrupted.ts';
import {requireNewName} from './plan.ts';
import {deletePhysical} from './remove.ts';
import {resolveProperties, resolveUpdatePolicy} from './resolve-properties.ts';
import {changedProperties, modification} from './resource-change.ts';
import type {Run} from './run.ts';
import {updatePhysical} from './update-physical.ts';

/** Makes one resource what the template says: creates, changes or replaces it, or finds that nothing changed. */
export async function deployResource(
  stackId: string,
  planned: PlannedResource,
  environment: Environment,
  run: Run,
): Promise<boolean> {
  const stack = run.store.get(stackId);
  const existing = stack.resources[planned.declaration.logicalId];
  const isNew = existing?.physicalId === undefined || existing.status === 'CREATE_FAILED';
  const resource = declared(planned, existing, run);
  try {
    const properties = asValidationError(() => resolveProperties(planned, environment, stack.target?.tags ?? []));
    if (isNew) await create(stack, planned, {...resource, properties}, run);
    else if (modification(planned, existing, properties) === undefined)
      run.store.update(stackId, current => ({
        ...current,
        resources: {
          ...current.resources,
          [resource.logicalId]: {...resource, status: existing.status, time: existing.time},
        },
      }));
    else if (changedProperties(existing.properties, properties).some(name => planned.type.createOnly.includes(name)))
      await replace(stack, planned, existing, {...resource, properties}, run);
    else {
      const updatePolicy = asValidationError(() => resolveUpdatePolicy(planned, environment));
      await change(stack, planned, existing, {...resource, properties}, updatePolicy, run);
    }
    return true;
  } catch (error) {
    if (error instanceof Interrupted) return false;
    run.store.setResource(stackId, {
      ...(run.store.get(stackId).resources[resource.logicalId] ?? resource),
      awaited: undefined,
      status: isNew ? 'CREATE_FAILED' : 'UPDATE_FAILED',
      statusReason: describeFailure(error),
      time: run.store.now(),
    });
    return false;
  }
}

/** The record as the template declares it; its properties stay what they were until they are resolved. */
function declared(
  {declaration, dependsOn}: PlannedResource,
  existing: StackResource | undefined,
  run: Run,
): StackResource {
  const {metadata: _, statusReason: __, ...rest} = existing ?? {attributes: {}, properties: {}};
  return {
    ...rest,
    logicalId: declaration.logicalId,
    type: declaration.type,
    status: 'CREATE_IN_PROGRESS',
    time: run.store.now(),
    deletionPolicy: declaration.deletionPolicy ?? 'Delete',
    updateReplacePolicy: declaration.updateReplacePolicy ?? 'Delete',
    dependsOn: [...dependsOn],
    ...(declaration.metadata === undefined ? {} : {metadata: declaration.metadata}),
  };
}

async function create(stack: Stack, planned: PlannedResource, resource: StackResource, run: Run): Promise<void> {
  const {physicalId, ...fresh} = resource;
  // What an earlier, failed creation left makes room for the new one.
  if (physicalId !== undefined) await deletePhysical(stack, resource, physicalId, run);
  run.store.setResource(stack.stackId, {...fresh, status: 'CREATE_IN_PROGRESS'});
  const physical = await createPhysical(stack, planned.type, fresh, run, 'physicalId');
  run.store.setResource(stack.stackId, {
    ...fresh,
    ...physicalPart(physical),
    intendedId: undefined,
    status: 'CREATE_COMPLETE',
    time: run.store.now(),
  });
}

async function change(
  stack: Stack,
  {type}: PlannedResource,
  {physicalId: id = '', attributes, properties: before, attempted, awaited}: StackResource,
  resource: StackResource,
  updatePolicy: unknown,
  run: Run,
): Promise<void> {
  const {properties} = resource;
  const underWay: StackResource = {
    ...resource,
    properties: before,
    attempted: properties,
    status: 'UPDATE_IN_PROGRESS',
  };
  run.store.setResource(stack.stackId, underWay);
  const awaiting = (id: string, statusReason: string) =>
    void run.store.setResource(stack.stackId, {...underWay, awaited: id, statusReason, time: run.store.now()});
  const context = resourceContext(stack, resource, run, {...noNotes, awaiting}, {updatePolicy, awaited});
  // How far an earlier, failed change came is not known, so it is taken back before the next.
  if (attempted !== undefined && awaited === undefined)
    await updatePhysical(type, {id, attributes, properties: attempted}, before, context);
  const physical = await updatePhysical(type, {id, attributes, properties: before}, properties, context);
  run.store.setResource(stack.stackId, {
    ...resource,
    ...physicalPart(physical),
    attempted: undefined,
    awaited: undefined,
    status: 'UPDATE_COMPLETE',
    time: run.store.now(),
  });
}

/** The new resource first; the old one is deleted when the whole update has succeeded. */
async function replace(
  stack: Stack,
  planned: PlannedResource,
  existing: StackResource,
  resource: StackResource,
  run: Run,
): Promise<void> {
  requireNewName(planned, existing.properties, resource.properties);
  run.store.setResource(stack.stackId, {
    ...resource,
    properties: existing.properties,
    status: 'UPDATE_IN_PROGRESS',
    statusReason: 'Requested update requires the creation of a new physical resource; hence creating one.',
  });
  const physical = await createPhysical(stack, planned.type, resource, run, 'intendedId');
  const doomed = {...existing, deletionPolicy: resource.updateReplacePolicy};
  run.store.update(stack.stackId, current => ({...current, doomed: [...current.doomed, doomed]}));
  run.store.setResource(stack.stackId, {
    ...resource,
    ...physicalPart(physical),
    intendedId: undefined,
    status: 'UPDATE_COMPLETE',
    time: run.store.now(),
  });
}
