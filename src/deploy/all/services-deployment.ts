import type {LateService, ServiceOutcome} from './service-outcome.ts';

export interface ServicesDeployment<Review> {
  readonly concurrency: number;
  /** Only to see what would change. */
  readonly planOnly: boolean;
  readonly signal: AbortSignal;
  /** Asked once for all whose changes are known before anything runs, and again for each whose changes became known later. */
  approve(reviews: readonly ServiceReview<Review>[], later: readonly LateService[]): Promise<boolean>;
  onOutcome(outcome: ServiceOutcome<Review>): void;
}

export interface ServiceReview<Review> {
  readonly service: string;
  readonly review: Review;
}
