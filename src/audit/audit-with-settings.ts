import type {Inventory} from '../model/inventory.ts';
import type {AuditSettings} from '../project/parse-audit-settings.ts';
import {type AuditOptions, type AuditResult, audit} from './audit.ts';
import type {AnyRule} from './define-rule.ts';

export type WithSettings = Omit<AuditOptions, 'severities'>;

/** What gear.yaml asks to be left alone is left alone as if the template had asked. */
export function auditWithSettings(
  inventory: Inventory,
  {ignores, severities}: AuditSettings,
  rules: readonly AnyRule[],
  options: WithSettings,
): AuditResult {
  return audit({...inventory, ignores: [...inventory.ignores, ...ignores]}, rules, {...options, severities});
}
