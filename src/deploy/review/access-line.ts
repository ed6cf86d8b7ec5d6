import type {Condition} from '../../model/policy.ts';
import {asWritten} from '../../model/resolvable.ts';

/** One thing that somebody may do, or is kept from, in the words of the template. */
export type AccessLine =
  | {
      readonly kind: 'allow' | 'deny';
      /** Absent where it is the role itself. */
      readonly principal?: string;
      readonly action: string;
      readonly resource: string;
      readonly conditions: readonly string[];
      /** The managed policy of AWS that says so. */
      readonly policy?: string;
    }
  /** A policy whose statements gear does not know, a boundary, or a role from elsewhere. */
  | {readonly kind: 'managed policy' | 'permissions boundary' | 'role'; readonly name: string}
  /** What cannot be told before the stack is deployed. */
  | {readonly kind: 'unknown'; readonly name: string; readonly reason: string};

export interface AccessChange {
  readonly widened: readonly AccessLine[];
  readonly narrowed: readonly AccessLine[];
}

export const noChange: AccessChange = {widened: [], narrowed: []};

export function both(...changes: readonly AccessChange[]): AccessChange {
  return {
    widened: changes.flatMap(({widened}) => widened),
    narrowed: changes.flatMap(({narrowed}) => narrowed),
  };
}

export function conditionTexts(conditions: readonly Condition[]): readonly string[] {
  return conditions.map(({operator, key, values}) => `${key} ${operator} ${values.map(asWritten).join(', ')}`);
}
