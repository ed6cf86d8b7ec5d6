import type {Origin} from './origin.ts';

/** Worst first; the order in which they are reported. */
export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;

export type Severity = (typeof severities)[number];

/** Whether `severity` is as bad as `threshold` or worse. */
export function reaches(severity: Severity, threshold: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(threshold);
}

export interface Finding {
  /** Id of the rule: `iam/wildcard-action`. */
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  /** The one function it is about; null where it is about several or none. */
  readonly function: string | null;
  /** Logical ID of the resource that has to change; in an account its name, or the ARN of a managed policy. */
  readonly resource: string;
  readonly origin: Origin;
  /** The exact values that offend. For IAM: `action` and `resource`, one finding per pair. */
  readonly evidence: Evidence;
  readonly remedy: string;
  /** Names the finding whatever order, line or file it is met in. */
  readonly fingerprint: string;
  readonly suppressed: Suppression | null;
}

export type Evidence = Readonly<Record<string, string | number | boolean | readonly string[]>>;

interface Suppression {
  readonly reason: string;
  /** The last day on which it holds: `2027-03-31`. */
  readonly expires: string | null;
}

/** What a rule could not tell, or what could not be read. Never a pass. */
export interface NotChecked {
  /** `*` for everything that would have been read. */
  readonly rule: string;
  readonly resource: string;
  /** Reads after "not checked: ". */
  readonly reason: string;
  readonly origin: Origin;
}

/** An ignore as its author wrote it: `Metadata: {Gear: {Ignore: [{rule, reason, expires?}]}}`. */
export interface Ignore {
  /** The resource it stands on. */
  readonly resource: string;
  readonly rule: string;
  readonly reason: string;
  readonly expires: string | null;
  /** Why it has no effect, when it is not well formed. */
  readonly problem?: string;
  readonly origin: Origin;
}
