import type {ResourceDrift, StackDrift} from './model.ts';

export function isDrifted({status}: ResourceDrift): boolean {
  return status === 'MODIFIED' || status === 'DELETED';
}

export function driftStatus(drift: StackDrift | undefined): 'DRIFTED' | 'IN_SYNC' | 'NOT_CHECKED' {
  if (drift === undefined) return 'NOT_CHECKED';
  return drift.resources.some(isDrifted) ? 'DRIFTED' : 'IN_SYNC';
}
