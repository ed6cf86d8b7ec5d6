import type {DestroyEvent} from './destroy-stack.ts';

/** How far a deletion has come: what ^C leaves depends on it. */
export type DestructionPhase =
  | 'untouched'
  /** Something was taken out of a bucket. */
  | 'emptied'
  /** CloudFormation works on its own. */
  | 'deleting'
  /** It was asked to, and did not answer. */
  | 'unanswered'
  /** It could not delete something, and is asked again. */
  | 'failed';

export function phaseAfter(event: DestroyEvent, before: DestructionPhase): DestructionPhase {
  if (event.type === 'overtaken') return 'deleting';
  if (event.type === 'interrupted') return heardPhase[event.heard] ?? before;
  if (event.type === 'written-to' || event.type === 'freed') return 'failed';
  return event.type === 'emptying' && before === 'untouched' ? 'emptied' : before;
}

const heardPhase = {nothing: undefined, maybe: 'unanswered', deletes: 'deleting'} as const;
