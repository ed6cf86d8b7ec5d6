import type {LateService} from '../deploy/all/service-outcome.ts';
import type {ServiceReview} from '../deploy/all/services-deployment.ts';
import {exitCodes, GearError} from '../errors.ts';
import {beyondText, lateText} from '../report/deploy-all.ts';
import {reviewText, riskText} from '../report/review.ts';
import {paintFor} from '../terminal/paint.ts';
import {type ApprovalFlags, approvalMode, confirm, hasTerminal, needsApproval} from './approval.ts';
import type {ServicesDisplay} from './show-services.ts';

interface Asked {
  readonly reviews: readonly ServiceReview[];
  readonly later: readonly LateService[];
  /** What one of them does that was not to be seen before anything ran. */
  readonly beyond: readonly string[];
}

/** The rules of a single deployment, asked once for all services; what is late is asked for with them, as far as it can be seen. */
export async function approveServices(
  {reviews, later, beyond}: Asked,
  flags: ApprovalFlags & {readonly 'approve-plan'?: string | undefined},
  display: ServicesDisplay,
  signal: AbortSignal,
): Promise<boolean | 'keep'> {
  const risks = [...reviews, ...later.map(({service, draft}) => ({service, review: draft}))].flatMap(
    ({service, review}) => review.atRisk.map(risk => ({service, risk})),
  );
  const named = ({service, risk}: (typeof risks)[number]) => `${service}.${risk.logicalId}`;
  const lost = flags.local ? [] : risks.filter(each => !flags['allow-replace']?.includes(named(each)));
  const refuseLoss = () => {
    if (lost.length === 0) return;
    throw new GearError(`Data is at risk: ${lost.map(each => `${each.service}: ${riskText(each.risk)}`).join('; ')}`, {
      code: 'DATA_AT_RISK',
      exit: exitCodes.approval,
      suggestions: [`${lost.map(each => `--allow-replace ${named(each)}`).join(' ')}, if that is meant`],
    });
  };
  if (flags['approve-plan'] !== undefined) {
    if (beyond.length > 0) throw beyondPlan(reviews[0]!.service, beyond);
    refuseLoss();
    return true;
  }
  if (flags.local && flags.approve === undefined) {
    for (const {service, risk} of risks) display.note(service, riskText(risk));
    return true;
  }
  if (beyond.length > 0) display.note(reviews[0]!.service, beyondText(beyond));
  showReviews(reviews, later, display);
  const asked = reviews.filter(({review}) => needsApproval(flags, review)).map(({service}) => service);
  // What nobody can know yet counts as widened.
  if (approvalMode(flags) !== 'never') asked.push(...later.map(({service}) => service));
  if (!hasTerminal() && (asked.length > 0 || lost.length > 0)) {
    if (beyond.length === 0) return 'keep';
    refuseLoss();
    throw beyondPlan(reviews[0]!.service, beyond);
  }
  refuseLoss();
  if (asked.length === 0) return true;
  const undone = beyond.length === 0 ? 'Nothing was deployed.' : 'These changes were not executed.';
  return display.quiet(() =>
    confirm(`Execute the changes, those to ${asked.join(', ')} among them?`, {undone, signal}),
  );
}

function beyondPlan(service: string, beyond: readonly string[]): GearError {
  return new GearError(`${service} would change in another way than was reviewed: ${beyond.join('; ')}`, {
    code: 'BEYOND_REVIEW',
    exit: exitCodes.approval,
    suggestions: ['gear deploy --all --plan, and have that approved'],
  });
}

/** What would change, as far as it is known. */
export function showReviews(
  reviews: readonly ServiceReview[],
  later: readonly LateService[],
  display: ServicesDisplay,
): void {
  for (const {service, review} of reviews) display.note(service, reviewText(review, paintFor('stderr')));
  for (const late of later) {
    display.note(late.service, lateText(late));
    const text = reviewText({...late.draft, sizes: []}, paintFor('stderr'));
    if (text !== '') display.note(late.service, text);
  }
}
