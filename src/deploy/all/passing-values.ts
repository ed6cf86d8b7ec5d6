import {type ServiceNode, takenOutputs} from './service-graph.ts';
import type {ServiceOutcome} from './service-outcome.ts';

/** Parameters of services that were planned with an output of a stack that will itself be changed by then. */
export function passingValues(nodes: readonly ServiceNode[], outcomes: readonly ServiceOutcome[]) {
  const statusOf = (name: string) => outcomes.find(({service}) => service === name)?.status;
  return nodes.flatMap(({project}) => {
    if (!['planned', 'unchanged'].includes(statusOf(project.service) ?? '')) return [];
    return takenOutputs(project)
      .filter(taken => ['planned', 'unknown'].includes(statusOf(taken.service) ?? ''))
      .map(({service: from, ...taken}) => ({service: project.service, from, ...taken}));
  });
}
