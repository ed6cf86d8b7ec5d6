import type {Review} from '../review/review.ts';
import type {LateService, ServiceOutcome} from './service-outcome.ts';

export interface ServicesDeployment {
  readonly concurrency: number;
  /** Only to see what would change. */
  readonly planOnly: boolean;
  /** Execute the plan of this hash, which was kept by a run with `planOnly`. */
  readonly planHash?: string | undefined;
  readonly signal: AbortSignal;
  /**
   * Asked once for all before anything runs, and again for a service whose changes came out as others than those that
   * were shown: these are `beyond`. `'keep'` leaves the change sets for a later run.
   */
  approve(
    reviews: readonly ServiceReview[],
    later: readonly LateService[],
    beyond?: readonly string[],
  ): Promise<boolean | 'keep'>;
  onOutcome(outcome: ServiceOutcome): void;
  /** Why the change set of a service that was not executed could not be taken back. */
  onLeft(service: string, error: unknown): void;
}

export interface ServiceReview {
  readonly service: string;
  readonly review: Review;
}
