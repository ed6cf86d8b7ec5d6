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
  /** Of what the CDK synthesised: the path of its construct, by which its author knows the resource. */
  readonly construct?: string;
  readonly origin: Origin;
  /** The exact values that offend. For IAM: `action` and `resource`, one finding per pair. */
  readonly evidence: Evidence;
  readonly remedy: string;
  /** Names the finding whatever order, line or file it is met in. */
  readonly fingerprint: string;
  readonly suppressed: Suppression | null;
  /** It stands in the baseline that was given: it was there before, and fails nothing. */
  readonly known: boolean;
}

/** Whether it still asks for something: nobody accepted it, by an ignore or in a baseline. */
export function isOpen({suppressed, known}: Finding): boolean {
  return suppressed === null && !known;
}

export type Evidence = Readonly<Record<string, string | number | boolean | readonly string[]>>;

interface Suppression {
  readonly reason: string;
  /** The last day on which it holds: `2027-03-31`. */
  readonly expires: string | null;
  /** Where the ignore stands. */
  readonly origin: Origin;
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
