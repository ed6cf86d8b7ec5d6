import type {Origin} from './origin.ts';
import type {Resolvable} from './resolvable.ts';

/**
 * A policy document after parsing: every one-or-many member is a list.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export interface PolicyDocument {
  readonly version: string;
  readonly statements: readonly Statement[];
}

export interface Statement {
  readonly sid?: string;
  /** Position in the document, from 0: names a statement that has no Sid. */
  readonly index: number;
  readonly effect: 'Allow' | 'Deny';
  /** Absent in an identity policy. */
  readonly principal?: Principal;
  readonly notPrincipal?: Principal;
  /** Exactly one of `actions` and `notActions` has entries; the same for resources (none in a trust policy). */
  readonly actions: readonly Resolvable<string>[];
  readonly notActions: readonly Resolvable<string>[];
  readonly resources: readonly Resolvable<string>[];
  readonly notResources: readonly Resolvable<string>[];
  readonly conditions: readonly Condition[];
  readonly origin: Origin;
}

/** `{AWS: [...], Service: [...], Federated: [...]}`; the string `"*"` is read as `{AWS: ['*']}`. */
export type Principal = Readonly<Record<string, readonly Resolvable<string>[]>>;

export interface Condition {
  /** `StringEquals`, `ForAnyValue:StringLike`, `BoolIfExists` ... as written. */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly Resolvable<string>[];
}

export interface NamedPolicy {
  /** Policy name, or ARN of a managed policy. */
  readonly name: string;
  readonly document: PolicyDocument;
}
