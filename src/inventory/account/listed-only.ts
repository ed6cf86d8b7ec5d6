import {GearError} from '../../errors.ts';
import type {NotChecked} from '../../model/finding.ts';
import type {AccountCalls} from './account-calls.ts';

/**
 * The same calls but for those that AWS takes for one function, queue or table at a time: of an account with 5,000
 * functions these are all but 250.
 */
export function listedOnly(calls: AccountCalls): AccountCalls {
  const refuse = async (): Promise<never> => {
    throw new GearError(notAsked, {code: 'NOT_ASKED'});
  };
  const refused = Object.keys(calls).filter(name => !listings.has(name));
  return {...calls, ...Object.fromEntries(refused.map(name => [name, refuse]))};
}

const listings: ReadonlySet<string> = new Set<keyof AccountCalls>([
  'functions',
  'rolesAndPolicies',
  'eventSourceMappings',
  'logGroups',
  'alarms',
  'accountSettings',
  'functionsTagged',
  'functionsProvisioned',
  'subnets',
  'routeTables',
  'vpcEndpoints',
  'securityGroups',
]);

const notAsked = 'it takes a call for each, which --quick leaves out';

/** What is true of all of them is said of all of them together. */
export function saidOnce(unread: readonly NotChecked[]): readonly NotChecked[] {
  const rules = new Set<string>();
  return unread.flatMap(entry => {
    if (entry.reason !== notAsked) return [entry];
    if (rules.has(entry.rule)) return [];
    rules.add(entry.rule);
    return [{...entry, resource: 'what functions are tied to'}];
  });
}
