import {filledIn} from './dynamic-references.ts';
import {changedProperties} from './resource-change.ts';
import type {ExistingResource, PhysicalResource, ResourceContext, ResourceType} from './resource-type.ts';

/**
 * Changes a resource through its type's handler. A dynamic reference that is written as it was is no change, whatever
 * it refers to by now; one that is written otherwise is, so the handler sees the old one as its text.
 */
export async function updatePhysical(
  type: ResourceType<unknown>,
  {properties, ...existing}: ExistingResource<Properties>,
  wanted: Properties,
  context: ResourceContext,
): Promise<PhysicalResource> {
  const after = (await filledIn(type, wanted, context)) as Properties;
  const changed = changedProperties(properties, wanted);
  const unchanged = Object.entries(after).filter(([name]) => !changed.includes(name));
  return type.update({...existing, properties: {...properties, ...Object.fromEntries(unchanged)}}, after, context);
}

type Properties = Readonly<Record<string, unknown>>;
