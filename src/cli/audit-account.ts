import {type AuditResult, combine} from '../audit/audit.ts';
import type {TemplatesAudit} from '../audit/audit-templates.ts';
import type {WithSettings} from '../audit/audit-with-settings.ts';
import type {AnyRule} from '../audit/define-rule.ts';
import type {AwsClients} from '../aws/clients.ts';
import {exitCodes, GearError} from '../errors.ts';
import type {AccountRecorder} from '../inventory/saved/save-account.ts';
import type {NotChecked} from '../model/finding.ts';
import type {AuditAccountFlags} from './audit-account-flags.ts';
import {interruptible} from './interrupt.ts';

interface AuditAccountOptions extends WithSettings {
  readonly knownRules: readonly string[];
  /** Of gear. */
  readonly version: string;
  /** Says what is being audited, before it is read. */
  announce(line: string): void;
  note(text: string): void;
}

/** Each profile in each region, one after the other; one that cannot be read is a failure, and the others go on. */
export async function auditAccounts(
  flags: AuditAccountFlags,
  rules: readonly AnyRule[],
  options: AuditAccountOptions,
): Promise<TemplatesAudit> {
  if (flags.save === undefined) return auditEach(await targetsOf(flags), rules, options);
  const {accountRecorder} = await import('../inventory/saved/save-account.ts');
  const folder = flags.save;
  return interruptible(async signal => {
    const recorder = accountRecorder(folder, signal);
    const readAt = new Date().toISOString();
    const save = () => {
      recorder.save({gear: options.version, readAt, complete: !signal.aborted});
      if (signal.aborted) throw interrupted(folder);
    };
    const audited = await auditEach(await targetsOf(flags), rules, {...options, recorder}).catch(error => {
      save();
      throw error;
    });
    save();
    options.note(`What was read is in ${folder}; gear audit --from ${folder} audits it again`);
    return audited;
  });
}

function interrupted(folder: string): GearError {
  return new GearError(`Interrupted; what was read until then is in ${folder}`, {
    code: 'INTERRUPTED',
    exit: exitCodes.interrupted,
    suggestions: [`gear audit --from ${folder}`],
  });
}

interface Target {
  readonly clients: AwsClients;
  readonly identity: {readonly account: string; readonly region: string};
  /** Completes "Auditing account 111122223333, region eu-central-1, ...". */
  readonly place: string;
  /** The day as of which it is audited, when that is not today. */
  readonly day?: string | undefined;
}

/** What cannot be connected to is known before anything is read. */
async function targetsOf(flags: AuditAccountFlags): Promise<readonly Target[]> {
  if (flags.from !== undefined) return savedTargets(flags.from);
  const {connect, localClients} = await import('./connect.ts');
  const {readIdentity} = await import('../aws/identity.ts');
  if (flags.local) {
    // An audit starts nothing: what does not run has nothing deployed on it that could be asked for.
    const {requireLocalCloud} = await import('../local/connection.ts');
    const clients = await localClients(await requireLocalCloud(flags.dir));
    return [asTarget(clients, await readIdentity(clients))];
  }
  const targets = new Map<string, Target>();
  for (const profile of flags.profile ?? [undefined])
    for (const region of flags.region ?? [undefined]) {
      const {clients, identity} = await connect({profile, region, 'endpoint-url': flags['endpoint-url']});
      const name = `${identity.account}/${identity.region}`;
      // Two profiles may lead to the same account.
      if (!targets.has(name)) targets.set(name, asTarget(clients, identity));
    }
  return [...targets.values()];
}

function asTarget(clients: AwsClients, identity: Target['identity'] & {endpoint?: string}): Target {
  return {clients, identity, place: identity.endpoint === undefined ? 'AWS' : `endpoint ${identity.endpoint}`};
}

async function savedTargets(folder: string): Promise<readonly Target[]> {
  const {openSaved} = await import('../inventory/saved/open-saved.ts');
  const {accounts, day, complete} = openSaved(folder);
  const place = `as ${complete ? '' : 'partly '}read${day === undefined ? '' : ` on ${day}`} into ${folder}`;
  return accounts.map(each => ({...each, place, day}));
}

async function auditEach(
  targets: readonly Target[],
  rules: readonly AnyRule[],
  {recorder, announce, note: _, ...options}: AuditAccountOptions & {readonly recorder?: AccountRecorder},
): Promise<TemplatesAudit> {
  const {awsAccountCalls} = await import('../inventory/account/aws-account-calls.ts');
  const {readAccountInventory} = await import('../inventory/read-account-inventory.ts');
  const {auditWithSettings} = await import('../audit/audit-with-settings.ts');
  const {readAuditSettings} = await import('../project/audit-settings.ts');
  const settings = await readAuditSettings('.', options.knownRules);
  const results: AuditResult[] = [];
  const failures: GearError[] = [];
  const notRead: NotChecked[] = [];
  const rolesOf = onceForEach<ReturnType<ReturnType<typeof awsAccountCalls>['rolesAndPolicies']>>();
  for (const {clients, identity, place, day = options.today} of targets) {
    const {account, region} = identity;
    announce(`Auditing account ${account}, region ${region}, ${place}`);
    const calls = awsAccountCalls(recorder?.record(clients, identity) ?? clients);
    const rolesAndPolicies = () => rolesOf(account, () => calls.rolesAndPolicies());
    try {
      const inventory = await readAccountInventory({...calls, rolesAndPolicies}, identity);
      results.push(auditWithSettings(inventory, settings, rules, {...options, today: day}));
    } catch (error) {
      if (!(error instanceof GearError) || targets.length === 1) throw error;
      failures.push(new GearError(`${account}/${region}: ${error.message}`, error));
      const origin = {arn: `arn:aws:iam::${account}:root`, region};
      notRead.push({rule: '*', resource: `${account}/${region}`, reason: error.message, origin});
    }
  }
  return {result: combine(results), notRead, failures};
}

/** The roles of an account are the same in all of its regions. */
function onceForEach<T>(): (account: string, read: () => T) => T {
  const known = new Map<string, T>();
  return (account, read) => {
    const value = known.get(account) ?? read();
    known.set(account, value);
    return value;
  };
}
