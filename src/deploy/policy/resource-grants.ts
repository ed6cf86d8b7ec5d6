import type {Grant} from './grant.ts';
import type {DeployedResource, Operations} from './resource-needs.ts';
import {resourceNeeds} from './types/index.ts';

/** What CloudFormation is going to do with a resource in the name of whoever deploys. */
export function resourceGrants(resource: DeployedResource): readonly Grant[] {
  const needs = resourceNeeds.get(resource.type)!;
  const why = `${resource.type} ${resource.logicalId}`;
  const present = Object.entries(needs.when ?? {}).filter(([property]) => resource.properties[property] !== undefined);
  const operations = [needs.always, ...present.map(([, taken]) => taken)];
  const own: Grant = {
    group: needs.group,
    actions: operations.flatMap(taken => actionsOf(taken, resource)).map(name => `${needs.service}:${name}`),
    resources: needs.on(resource),
    why,
  };
  return [own, ...(needs.more?.(resource) ?? []).map(grant => ({...grant, why}))];
}

function actionsOf(
  {create = [], read = [], update = [], delete: remove = []}: Operations,
  {isRetained}: DeployedResource,
) {
  return [...create, ...read, ...update, ...(isRetained ? [] : remove)];
}
