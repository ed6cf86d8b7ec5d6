import type {LateService} from '../deploy/all/service-outcome.ts';
import type {ServiceReview} from '../deploy/all/services-deployment.ts';
import type {Review} from '../deploy/review/review.ts';
import {exitCodes, GearError} from '../errors.ts';
import {lateText} from '../report/deploy-all.ts';
import {reviewText, riskText} from '../report/review.ts';
import {paintFor} from '../terminal/paint.ts';
import {type ApprovalFlags, approvalMode, confirm, hasTerminal, needsApproval} from './approval.ts';
import type {ServicesDisplay} from './show-services.ts';

/** The rules of a single deployment, asked once for all services; what is late is asked for when its changes are known. */
export async function approveServices(
  reviews: readonly ServiceReview<Review>[],
  later: readonly LateService[],
  flags: ApprovalFlags,
  display: ServicesDisplay,
): Promise<boolean> {
  const risks = reviews.flatMap(({service, review}) => review.atRisk.map(risk => ({service, risk})));
  if (flags.local && flags.approve === undefined) {
    for (const {service, risk} of risks) display.note(service, riskText(risk));
    return true;
  }
  showReviews(reviews, later, display);
  const named = ({service, risk}: (typeof risks)[number]) => `${service}.${risk.logicalId}`;
  const lost = flags.local ? [] : risks.filter(each => !flags['allow-replace']?.includes(named(each)));
  if (lost.length > 0)
    throw new GearError(`Data is at risk: ${lost.map(each => `${each.service}: ${riskText(each.risk)}`).join('; ')}`, {
      code: 'DATA_AT_RISK',
      exit: exitCodes.approval,
      suggestions: [`${lost.map(each => `--allow-replace ${named(each)}`).join(' ')}, if that is meant`],
    });
  const asked = reviews.filter(({review}) => needsApproval(flags, review)).map(({service}) => service);
  // What nobody can know yet counts as widened.
  const lateAsks = later.length > 0 && approvalMode(flags) !== 'never';
  if (!hasTerminal() && (asked.length > 0 || lateAsks))
    throw new GearError('The changes need an approval, and there is no terminal to ask on', {
      code: 'APPROVAL_NEEDED',
      exit: exitCodes.approval,
      suggestions: ['--yes, once somebody has read them'],
    });
  if (asked.length === 0) return true;
  const rest = lateAsks ? ' The others are asked for when their changes are known.' : '';
  return display.quiet(() => confirm(`Execute the changes, those to ${asked.join(', ')} among them?${rest}`));
}

/** What would change, as far as it is known. */
export function showReviews(
  reviews: readonly ServiceReview<Review>[],
  later: readonly LateService[],
  display: ServicesDisplay,
): void {
  for (const {service, review} of reviews) display.note(service, reviewText(review, paintFor('stderr')));
  for (const late of later) display.note(late.service, lateText(late));
}
