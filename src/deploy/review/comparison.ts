import type {TemplateAccess} from '../../inventory/read-template-access.ts';

/** Who may do what before and after a change set, and what it touches. */
export interface Comparison {
  readonly old: TemplateAccess;
  readonly now: TemplateAccess;
  isChanged(logicalId: string): boolean;
}
