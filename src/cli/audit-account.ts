import {setFlagsFromString} from 'node:v8';
import {type AuditResult, combine} from '../audit/audit.ts';
import type {TemplatesAudit} from '../audit/audit-templates.ts';
import type {WithSettings} from '../audit/audit-with-settings.ts';
import type {AnyRule} from '../audit/define-rule.ts';
import {exitCodes, GearError} from '../errors.ts';
import type {ReadPackages} from '../inventory/read-account-inventory.ts';
import type {AccountLayers} from './account-clients.ts';
import type {AuditAccountFlags} from './audit-account-flags.ts';
import type {AuditTarget} from './audit-targets.ts';
import {interruptible} from './interrupt.ts';
import {type Observe, observer} from './observe-account.ts';

interface AuditAccountOptions extends WithSettings {
  /** An audit of size alone. */
  readonly aboutSize: boolean;
  readonly knownRules: readonly string[];
  /** Of gear. */
  readonly version: string;
  /** Says what is being audited, before it is read. */
  announce(line: string): void;
  /** Whether to show how far the reading has come. */
  readonly progress: boolean;
  note(text: string): void;
}

/** Each profile in each region, several at a time; one that cannot be read is a failure, and the others go on. */
export async function auditAccounts(
  flags: AuditAccountFlags,
  rules: readonly AnyRule[],
  options: AuditAccountOptions,
): Promise<TemplatesAudit> {
  const {readTargets} = await import('./audit-targets.ts');
  const {accountRecorder} = await import('../inventory/saved/save-account.ts');
  const {answerCaches} = await import('./answer-caches.ts');
  const {showReading} = await import('./show-reading.ts');
  const {save: folder} = flags;
  // What an account answers is read once and dropped: V8 is not to wait with its collection until there is much of it.
  // Of 5,000 functions that is the difference between 345 and 200 MiB, for the same processor time.
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=20');
  const now = new Date();
  const observe = observer(flags, rules, options);
  return interruptible(async signal => {
    const recorder = folder === undefined ? undefined : accountRecorder(folder);
    const caches = flags['no-cache'] ? undefined : answerCaches();
    const display = options.progress ? showReading() : undefined;
    const keep = () => {
      display?.end();
      caches?.save();
      recorder?.save({gear: options.version, readAt: now.toISOString(), complete: !signal.aborted});
      if (signal.aborted) throw interrupted(folder, caches?.kept() ?? false);
    };
    const layers = {signal, recorder, display, cacheOf: caches?.of, packageCache: caches?.packages};
    const asked = flags.local ? rules.filter(({notLocal}) => notLocal === undefined) : rules;
    const audited = await auditEach(await readTargets(flags, now), asked, {
      ...options,
      quick: flags.quick,
      packages: packagesRead(flags, options.aboutSize),
      layers,
      observe,
    }).catch(error => {
      keep();
      throw error;
    });
    keep();
    const used = caches?.used() ?? 0;
    if (used > 0)
      options.note(`${used} answers about functions are of the last hour's audits; --no-cache asks for them again`);
    const packages = caches?.packages.used() ?? 0;
    if (packages > 0)
      options.note(
        `${packages === 1 ? 'A package or layer has' : `${packages} packages and layers have`} not changed since an earlier audit; --no-cache reads them again`,
      );
    if (folder !== undefined)
      options.note(`What was read is in ${folder}; gear audit --from ${folder} audits it again`);
    return audited;
  });
}

/** What was saved with the packages is audited with them, and without them where they were not asked for then. */
function packagesRead({packages, quick, from}: AuditAccountFlags, aboutSize: boolean): ReadPackages {
  if (packages) return 'yes';
  return from !== undefined ? 'where-saved' : aboutSize && !quick ? 'yes' : 'no';
}

function interrupted(folder: string | undefined, cached: boolean): GearError {
  const told = {code: 'INTERRUPTED', exit: exitCodes.interrupted};
  if (folder !== undefined)
    return new GearError(`Interrupted; what was read until then is in ${folder}`, {
      ...told,
      suggestions: [`gear audit --from ${folder}`],
    });
  return new GearError(
    cached ? 'Interrupted; the next audit within an hour goes on with what was read until then' : 'Interrupted',
    told,
  );
}

interface Reading {
  readonly layers: AccountLayers;
  readonly quick: boolean;
  readonly packages: ReadPackages;
  readonly observe: Observe | undefined;
}

async function auditEach(
  targets: readonly AuditTarget[],
  rules: readonly AnyRule[],
  {layers, quick, packages, observe, announce, note: _, ...options}: AuditAccountOptions & Reading,
): Promise<TemplatesAudit> {
  const {awsAccountCalls} = await import('../inventory/account/aws-account-calls.ts');
  const {inBatches} = await import('../inventory/account/in-batches.ts');
  const {noNetworks} = await import('../inventory/account/network-calls.ts');
  const {listedOnly} = await import('../inventory/account/listed-only.ts');
  const {readAccountInventory} = await import('../inventory/read-account-inventory.ts');
  const {auditWithSettings} = await import('../audit/audit-with-settings.ts');
  const {readAuditSettings} = await import('../project/audit-settings.ts');
  const {accountClients, placeOf} = await import('./account-clients.ts');
  const {builtCode} = await import('../inventory/built-code.ts');
  const {templatesHere} = await import('./templates-here.ts');
  const sourceOf = builtCode(templatesHere);
  const settings = await readAuditSettings('.', options.knownRules);
  const clientsOf = accountClients(layers);
  const rolesOf = onceForEach<ReturnType<ReturnType<typeof awsAccountCalls>['rolesAndPolicies']>>();
  for (const {identity, place} of targets)
    announce(`Auditing account ${identity.account}, region ${identity.region}, ${place}`);
  const audited = await inBatches(targets, async (target): Promise<AuditResult | GearError> => {
    const {identity, day = options.today} = target;
    const clients = clientsOf(target);
    const all = awsAccountCalls(clients);
    const calls = {...(quick ? listedOnly(all) : all), ...(target.local === undefined ? {} : noNetworks)};
    const rolesAndPolicies = () => rolesOf(identity.account, () => calls.rolesAndPolicies());
    const logGroups = once(calls.logGroups);
    try {
      const read = await readAccountInventory({...calls, rolesAndPolicies, logGroups}, identity, {packages, sourceOf});
      layers.display?.done(placeOf(identity));
      if (layers.signal.aborted) throw interrupted(undefined, false);
      const inventory = (await observe?.(read, {...target, clients, signal: layers.signal, logGroups})) ?? read;
      return auditWithSettings(inventory, settings, rules, {...options, today: day});
    } catch (error) {
      if (!(error instanceof GearError) || targets.length === 1) throw error;
      return error;
    }
  });
  const failed = targets.flatMap(({identity: {account, region}}, index) => {
    const error = audited[index];
    return error instanceof GearError ? [{account, region, error}] : [];
  });
  return {
    result: combine(audited.flatMap(each => (each instanceof GearError ? [] : [each]))),
    notRead: failed.map(({account, region, error}) => ({
      rule: '*',
      resource: `${account}/${region}`,
      reason: error.message,
      origin: {arn: `arn:aws:iam::${account}:root`, region},
    })),
    failures: failed.map(({account, region, error}) => new GearError(`${account}/${region}: ${error.message}`, error)),
  };
}

function once<T>(read: () => T): () => T {
  const known = onceForEach<T>();
  return () => known('', read);
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
