import type {EventSourceMapping} from '../model/event-source.ts';
import type {ExecutionRole, IdentityPolicy} from '../model/execution-role.ts';
import type {Evidence, Severity} from '../model/finding.ts';
import type {Inventory} from '../model/inventory.ts';
import type {LambdaFunction} from '../model/lambda-function.ts';
import type {Origin} from '../model/origin.ts';
import type {Statement} from '../model/policy.ts';

/** What a rule can be about. The engine does the walking. */
export interface Subjects {
  /** A statement of an identity policy. */
  readonly statement: Statement;
  readonly role: ExecutionRole;
  readonly function: LambdaFunction;
  readonly eventSourceMapping: EventSourceMapping;
  readonly inventory: Inventory;
}

export interface RuleContext {
  readonly inventory: Inventory;
  /** `2026-11-21`. */
  readonly today: string;
  /** The ids of all rules, also of those that do not run. */
  readonly knownRules: readonly string[];
  /** The policy a statement stands in; of other subjects undefined. */
  readonly policy?: IdentityPolicy;
}

export interface Rule<S extends keyof Subjects = keyof Subjects> {
  /** `group/the-bad-thing`; reads well after "allow". */
  readonly id: string;
  readonly subject: S;
  readonly severity: Severity;
  readonly title: string;
  readonly why: string;
  readonly remedy: string;
  readonly since: string;
  /** Why the embedded AWS is not asked about it; reads after "Not on the embedded AWS: ". */
  readonly notLocal?: string;
  /** What an account does not show of it; reads after "In an account: ". */
  readonly inAccount?: string;
  readonly examples: {readonly bad: string; readonly good: string};
  /** AWS's own words on the matter. */
  readonly reference?: string;
  check(subject: Subjects[S], context: RuleContext): Iterable<Detection | Unknown>;
}

/** What is left out is the rule's or the subject's own. */
export interface Detection {
  readonly message: string;
  readonly evidence: Evidence;
  readonly severity?: Severity;
  readonly remedy?: string;
  readonly resource?: string;
  readonly function?: string | null;
  readonly origin?: Origin;
  /** Tells findings of one rule on one resource apart, where action and resource of the evidence do not. */
  readonly key?: string;
}

/** The rule cannot tell. Never a pass. */
export interface Unknown {
  /** Reads after "not checked: ". */
  readonly unknown: string;
  /** What it cannot tell it of, unless that is the subject. */
  readonly resource?: string;
  readonly origin?: Origin;
}

export type AnyRule = {readonly [S in keyof Subjects]: Rule<S>}[keyof Subjects];

export function defineRule<S extends keyof Subjects>(rule: Rule<S>): Rule<S> {
  return rule;
}

export function groupOf(rule: string): string {
  return rule.slice(0, rule.indexOf('/'));
}
