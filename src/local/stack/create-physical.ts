import type {Stack, StackResource} from '../services/cloudformation/model.ts';
import {resourceContext} from './context.ts';
import {filledIn} from './dynamic-references.ts';
import type {PhysicalResource, ResourceType} from './resource-type.ts';
import type {Run} from './run.ts';

/**
 * Creates through the type's handler, noting in the stack's record what exists as soon as it does: in `member`, which is
 * `intendedId` while a replacement's old resource still has the other. What failed before it existed leaves no note.
 */
export async function createPhysical(
  stack: Stack,
  type: ResourceType<unknown>,
  resource: StackResource,
  run: Run,
  member: 'physicalId' | 'intendedId',
): Promise<PhysicalResource> {
  const note = (change: Partial<StackResource>) =>
    run.store.update(stack.stackId, current => ({
      ...current,
      resources: {
        ...current.resources,
        [resource.logicalId]: {...(current.resources[resource.logicalId] ?? resource), ...change},
      },
    }));
  let exists = false;
  const context = resourceContext(stack, resource, run, {
    intended: intendedId => void note({intendedId}),
    created(id) {
      exists = true;
      note({intendedId: undefined, [member]: id});
    },
    awaiting: () => {},
  });
  try {
    return await type.create(await filledIn(type, resource.properties, context), context);
  } catch (error) {
    if (!exists) note({intendedId: undefined});
    throw error;
  }
}

export function physicalPart({
  id,
  ref = id,
  attributes = {},
}: PhysicalResource): Pick<StackResource, 'physicalId' | 'ref' | 'attributes'> {
  return {physicalId: id, ref, attributes};
}
