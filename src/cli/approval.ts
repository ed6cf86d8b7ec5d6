import {Flags} from '@oclif/core';
import {widens} from '../deploy/review/permission-changes.ts';
import type {Review} from '../deploy/review/review.ts';
import {exitCodes, GearError} from '../errors.ts';
import {reviewText, riskText} from '../report/review.ts';
import {paintFor} from '../terminal/paint.ts';
import {answered} from './answered.ts';

const helpGroup = 'APPROVAL';

export const approvalFlags = {
  approve: Flags.option({
    description: 'When somebody is asked: never, when permissions are widened, or for any change',
    options: ['never', 'widening', 'any'] as const,
    exclusive: ['yes'],
    helpGroup,
  })(),
  yes: Flags.boolean({char: 'y', description: 'The same as --approve never', helpGroup}),
  plan: Flags.boolean({
    description: 'Print what would change, keep the change set and deploy nothing',
    exclusive: ['yes', 'approve', 'approve-plan', 'outputs-file'],
    helpGroup,
  }),
  'detailed-exitcode': Flags.boolean({
    description: 'With --plan: exit code 1 when there are changes',
    dependsOn: ['plan'],
    helpGroup,
  }),
  'approve-plan': Flags.string({
    description: 'Execute the change set of --plan, if it and the stack are still what was reviewed; builds nothing',
    helpValue: 'HASH',
    exclusive: ['plan', 'yes', 'approve', 'parameter', 'role-arn', 'audit', 'baseline'],
    helpGroup,
  }),
  'allow-replace': Flags.string({
    description: 'A table, bucket, queue or other resource with data that may be replaced or removed; may be repeated',
    helpValue: 'ID',
    multiple: true,
    multipleNonGreedy: true,
    helpGroup,
  }),
};

export interface ApprovalFlags {
  readonly local: boolean;
  readonly yes: boolean;
  readonly plan: boolean;
  readonly approve?: 'never' | 'widening' | 'any' | undefined;
  readonly 'allow-replace'?: readonly string[] | undefined;
}

export interface Approval {
  /** `signal` ends the question. */
  decide(review: Review, signal?: AbortSignal): Promise<boolean | 'keep'>;
  /** Data that is at risk and that nobody allowed to be. */
  refuseLoss(review: Review): void;
  /** Why a change set was kept that was to be executed. */
  lacking(review: Review): string;
}

/** Who says yes to a change set: a flag, a person, or a later run that names its hash. */
export function approval(flags: ApprovalFlags, note: (text: string) => void): Approval {
  const notAllowed = ({atRisk}: Review) =>
    flags.local ? [] : atRisk.filter(({logicalId}) => !flags['allow-replace']?.includes(logicalId));
  const refuseLoss = (review: Review) => {
    const lost = notAllowed(review);
    if (lost.length === 0) return;
    throw new GearError(`Nothing was deployed: ${lost.map(riskText).join('; ')}`, {
      code: 'DATA_AT_RISK',
      exit: exitCodes.approval,
      suggestions: [`${allowFlags(lost)}, if that is meant`],
    });
  };
  return {
    refuseLoss,
    lacking: review => lacking(notAllowed(review).map(riskText).join('; ')),
    async decide(review, signal) {
      if (flags.plan) return 'keep';
      noteUnused(flags, review, note);
      if (flags.local && flags.approve === undefined) {
        for (const risk of review.atRisk) note(riskText(risk));
        return true;
      }
      note(reviewText(review, paintFor('stderr'), process.stderr.columns));
      const isAsked = needsApproval(flags, review);
      if (!hasTerminal()) return isAsked || notAllowed(review).length > 0 ? 'keep' : true;
      refuseLoss(review);
      if (!isAsked) return true;
      return confirm('Execute these changes?', {signal});
    },
  };
}

/** Why changes were kept that nobody could approve; `lost` is the data that is at risk. */
export function lacking(lost: string): string {
  return lost === ''
    ? 'The changes need an approval, and there is no terminal to ask on'
    : `Data is at risk, and nobody allowed it: ${lost}`;
}

/** Whether a flag or the rule says that somebody has to say yes. */
export function needsApproval(flags: ApprovalFlags, {changes, permissions}: Review): boolean {
  const mode = approvalMode(flags);
  return mode === 'any' ? changes.length > 0 : mode === 'widening' && permissions.some(widens);
}

/** The embedded account is the developer's own. */
export function approvalMode({approve, yes, local}: ApprovalFlags): 'never' | 'widening' | 'any' {
  return approve ?? (yes || local ? 'never' : 'widening');
}

interface Question {
  /** What ^C says instead of an answer. */
  readonly undone?: string;
  /** Ends the question. */
  readonly signal?: AbortSignal | undefined;
}

/** Yes where there is nobody to ask: what is asked for then needs no more than the flags said. */
export async function confirm(
  message: string,
  {undone = 'Nothing was deployed.', signal}: Question = {},
): Promise<boolean> {
  if (!hasTerminal()) return true;
  const prompts = await import('@inquirer/prompts');
  return answered(prompts.confirm({message, default: false}, asking(signal)), undone);
}

/** Where questions stand, and what ends them: a terminal gives ^C to the question, and all else to the signal. */
export function asking(signal: AbortSignal | undefined) {
  return {output: process.stderr, ...(signal === undefined ? {} : {signal})};
}

export function hasTerminal(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/** The flags that allow what a review puts at risk. */
export function allowFlags(atRisk: Review['atRisk']): string {
  return atRisk.map(({logicalId}) => `--allow-replace ${logicalId}`).join(' ');
}

/** A flag that stays in a pipeline allows the next loss as well. */
function noteUnused(
  {'allow-replace': allowed = []}: ApprovalFlags,
  {atRisk, changes}: Review,
  note: (text: string) => void,
): void {
  for (const id of allowed) {
    if (atRisk.some(({logicalId}) => logicalId === id)) continue;
    const changed = changes.some(({logicalId}) => logicalId === id);
    note(
      `--allow-replace ${id}: ${changed ? 'nothing happens to its data' : 'the changes have no resource of that name'}`,
    );
  }
}
