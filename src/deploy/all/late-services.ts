import {type ServiceNode, takenOutputs} from './service-graph.ts';
import type {LateService} from './service-outcome.ts';
import {type KnownOutputs, unknownOutputs} from './service-parameters.ts';

/**
 * Those that wait for a service of this run that has no stack yet, or not the output. CloudFormation looks up imports
 * and parameters when it makes the change set, so there can be none before.
 */
export function lateServices(
  nodes: readonly ServiceNode[],
  outputs: KnownOutputs,
): readonly Omit<LateService, 'draft'>[] {
  const inRun = new Set(nodes.map(({project}) => project.service));
  return nodes.flatMap(({project, waitsFor}) => {
    const taken = unknownOutputs(project, outputs).filter(({service}) => inRun.has(service));
    const absent = waitsFor
      .filter(service => inRun.has(service) && outputs.get(service) === undefined)
      .filter(service => takenOutputs(project).every(each => each.service !== service))
      .map(service => ({service}));
    const unknown = [...taken, ...absent];
    return unknown.length === 0 ? [] : [{service: project.service, unknown}];
  });
}
