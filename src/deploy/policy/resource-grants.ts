import type {Grant} from './grant.ts';
import type {DeployedResource, Operations} from './resource-needs.ts';
import {resourceNeeds} from './types/index.ts';

/** What CloudFormation is going to do with a resource in the name of whoever deploys it, deletes it or looks for drift. */
export function resourceGrants(resource: DeployedResource, purpose: keyof typeof takes = 'deploy'): readonly Grant[] {
  if (purpose === 'destroy' && resource.isRetained) return [];
  const needs = resourceNeeds.get(resource.type)!;
  const why = `${resource.type} ${resource.logicalId}`;
  const present = Object.entries(needs.when ?? {}).filter(([property]) => resource.properties[property] !== undefined);
  const operations = [needs.always, ...present.map(([, taken]) => taken)];
  const actions = operations.flatMap(taken => takes[purpose](taken, resource)).map(name => `${needs.service}:${name}`);
  const more = (needs.more?.(resource) ?? []).filter(({also = []}) => purpose === 'deploy' || also.includes(purpose));
  return [
    ...(actions.length === 0 ? [] : [{group: needs.group, actions, resources: needs.on(resource), why}]),
    ...more.map(({also: _, ...grant}) => ({...grant, why})),
  ];
}

const takes = {
  deploy: ({create = [], read = [], update = [], delete: remove = []}: Operations, {isRetained}: DeployedResource) => [
    ...create,
    ...read,
    ...update,
    ...(isRetained ? [] : remove),
  ],
  // The handlers look whether it is still there.
  destroy: ({read = [], delete: remove = []}: Operations) => [...read, ...remove],
  drift: ({read = []}: Operations) => read,
};
