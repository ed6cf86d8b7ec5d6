import {reviewHash} from '../review/review-hash.ts';
import type {ServiceNode} from './service-graph.ts';

/** Over what was reviewed of each service, by its name, and the order in which they are deployed. */
export function planHash(nodes: readonly ServiceNode[], hashes: ReadonlyMap<string, string>): string {
  const planned = nodes.filter(({project}) => hashes.has(project.service));
  return reviewHash(
    planned.map(({project: {service, stack}, waitsFor}) => ({service, stack, waitsFor, hash: hashes.get(service)})),
  );
}
