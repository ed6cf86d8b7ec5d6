import type {DraftReview} from '../review/draft-review.ts';
import {planHash} from './plan-hash.ts';
import type {ServiceNode} from './service-graph.ts';
import type {ServiceOutcome} from './service-outcome.ts';

export interface ServicesPlan {
  readonly hash: string;
  /** What loses its data, as `service.LogicalId`. */
  readonly atRisk: readonly string[];
}

/** The plan that was kept; undefined when nothing was. */
export function planOf(nodes: readonly ServiceNode[], outcomes: readonly ServiceOutcome[]): ServicesPlan | undefined {
  const reviews = outcomes.flatMap((outcome): readonly (Pick<DraftReview, 'hash' | 'atRisk'> & {service: string})[] => {
    if (outcome.status === 'planned') return [{service: outcome.service, ...outcome.review}];
    return outcome.status === 'unknown' ? [{service: outcome.service, ...outcome.draft}] : [];
  });
  if (reviews.length === 0) return undefined;
  return {
    hash: planHash(nodes, new Map(reviews.map(({service, hash}) => [service, hash]))),
    atRisk: reviews.flatMap(({service, atRisk}) => atRisk.map(({logicalId}) => `${service}.${logicalId}`)),
  };
}
