import type {LogGroup} from '@aws-sdk/client-cloudwatch-logs';
import type {AnyRule} from '../audit/define-rule.ts';
import type {AwsClients} from '../aws/clients.ts';
import {GearError} from '../errors.ts';
import type {ReportsByRole} from '../inventory/account/last-accessed.ts';
import type {QueryCost} from '../inventory/account/measured-starts.ts';
import type {LocalConnection} from '../local/connection.ts';
import type {Inventory} from '../model/inventory.ts';
import type {AuditAccountFlags} from './audit-account-flags.ts';
import {spanOf} from './span.ts';

export interface Observed {
  readonly clients: AwsClients;
  readonly now: Date;
  readonly signal: AbortSignal;
  /** Where a query costs. */
  readonly atAws: boolean;
  /** Of the embedded AWS of this project. */
  readonly local?: LocalConnection;
  logGroups(): Promise<readonly LogGroup[]>;
}

/** Adds to an inventory what only shows while it runs. */
export type Observe = (inventory: Inventory, observed: Observed) => Promise<Inventory>;

/** What the flags ask for; undefined when they ask for nothing. A flag that no rule of this audit reads is refused. */
export function observer(
  {measured, since = '7d', unused}: Pick<AuditAccountFlags, 'measured' | 'since' | 'unused'>,
  rules: readonly AnyRule[],
  options: {note(text: string): void},
): Observe | undefined {
  if (measured) requireRule('measured', 'coldstart/cold-start-risk', rules);
  if (unused) requireRule('unused', 'iam/unused-permission', rules);
  const steps = [
    ...(measured ? [measuredIn(spanOf('--since', since), options.note)] : []),
    ...(unused ? [usedPermissions()] : []),
  ];
  if (steps.length === 0) return undefined;
  return async (inventory, observed) => {
    let result = inventory;
    for (const step of steps) result = await step(result, observed);
    return result;
  };
}

function measuredIn(span: number, note: (text: string) => void): Observe {
  return async (inventory, {now, atAws, ...observed}) => {
    const {measureStarts} = await import('../inventory/account/measured-starts.ts');
    const {costText} = await import('../report/query-cost.ts');
    const onCost = (cost: QueryCost) => atAws && note(costText(cost));
    return measureStarts(inventory, {...observed, since: new Date(now.getTime() - span), until: now, onCost});
  };
}

/** The embedded AWS knows exactly; AWS tells of services, and of some actions. */
function usedPermissions(): Observe {
  // The roles of an account are the same in all of its regions.
  const known: ReportsByRole = new Map();
  return async (inventory, {local, clients, signal}) => {
    if (local !== undefined) {
      const {askUsage} = await import('../local/control-client.ts');
      const {withRecordedUse} = await import('./recorded-use.ts');
      return withRecordedUse(inventory, await askUsage(local));
    }
    const {readLastAccessed} = await import('../inventory/account/last-accessed.ts');
    return readLastAccessed(inventory, {clients, signal, known});
  };
}

function requireRule(flag: string, id: string, rules: readonly AnyRule[]): void {
  if (rules.some(rule => rule.id === id)) return;
  throw new GearError(`--${flag} is for the rule ${id}, which does not run here`, {
    code: 'USAGE',
    suggestions: [`gear audit --${flag}`],
  });
}
