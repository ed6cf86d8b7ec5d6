import type {Template} from '../../cloudformation/parse.ts';
import type {Path} from '../../cloudformation/value-at.ts';
import type {Finding} from '../../model/finding.ts';
import type {Inventory} from '../../model/inventory.ts';

/** What would take a finding away. */
export interface Fix {
  /** A sentence about what is different then. */
  readonly what: string;
  /** What has to be true so that all goes on as it does today; a fix that assumes nothing is safe. */
  readonly assumes?: string;
  /** Rules whose findings it may leave behind, less bad than the one that goes. */
  readonly leaves?: readonly string[];
  readonly edits: readonly Edit[];
}

export type Edit =
  | {readonly set: Path; readonly value: unknown}
  | {readonly append: Path; readonly item: unknown}
  | {readonly resource: string; readonly value: Readonly<Record<string, unknown>>};

export interface CannotFix {
  /** Why not, as a sentence. */
  readonly cannot: string;
}

export interface FixContext {
  readonly template: Template;
  readonly inventory: Inventory;
}

/** Computes, and changes nothing. */
export type Fixer = (finding: Finding, context: FixContext) => Fix | CannotFix;
