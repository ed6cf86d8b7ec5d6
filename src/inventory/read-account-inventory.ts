import type {FunctionConfiguration} from '@aws-sdk/client-lambda';
import {GearError} from '../errors.ts';
import type {LayerPackage} from '../model/deployment-package.ts';
import type {NotChecked} from '../model/finding.ts';
import type {Inventory} from '../model/inventory.ts';
import {isUnresolved, type Resolvable, unresolved} from '../model/resolvable.ts';
import type {ResourcePolicy} from '../model/resource-policy.ts';
import type {AccountCalls, ScheduledTarget} from './account/account-calls.ts';
import type {AccountIdentity} from './account/account-identity.ts';
import {readAlarms} from './account/alarms.ts';
import {readMapping} from './account/event-sources.ts';
import {functionPolicy} from './account/function-policy.ts';
import {type FunctionDetails, readFunction} from './account/functions.ts';
import {inBatches} from './account/in-batches.ts';
import {saidOnce} from './account/listed-only.ts';
import type {ReadPackage} from './account/read-package.ts';
import {policiesOfService, readRoles} from './account/roles.ts';
import {scheduleOf} from './account/schedules.ts';
import {readSurroundings} from './account/surroundings.ts';
import {triggersOf} from './account/triggers.ts';
import type {SourceOfCode} from './built-code.ts';
import {type FunctionUnseen, handlersUnseen} from './handlers-unseen.ts';
import {notSavedCode} from './saved/not-saved.ts';

/** Whether the archives of functions and layers are looked into: one call and one or two requests for each. */
export type ReadPackages = 'no' | 'yes' | 'where-saved';

interface AccountOptions {
  readonly packages?: ReadPackages;
  /** Asked for code that does not show what its handler does. */
  readonly sourceOf?: SourceOfCode;
}

/**
 * The functions of one region with their roles, sources, logs and alarms. A call that fails is noted as not checked,
 * and the others go on; only when AWS does not list the functions themselves there is nothing to audit.
 */
export async function readAccountInventory(
  calls: AccountCalls,
  {account, region}: AccountIdentity,
  {packages = 'no', sourceOf}: AccountOptions = {},
): Promise<Inventory> {
  const unread: NotChecked[] = [];
  const root = {arn: `arn:aws:iam::${account}:root`, region};
  const attempt = async <T>(rule: string, resource: string, read: () => Promise<T>): Promise<Resolvable<T>> => {
    try {
      return await read();
    } catch (error) {
      // Anything but an answer of AWS is a bug and may not end as a note in a report.
      if (!(error instanceof GearError)) throw error;
      unread.push({rule, resource, reason: error.message, origin: root});
      return unresolved(resource, error.message);
    }
  };
  const orElse = <T>(value: Resolvable<T>, fallback: T): T =>
    typeof value === 'object' && value !== null && 'unresolved' in value ? fallback : (value as T);

  const noFunctions = (error: unknown): readonly FunctionConfiguration[] => {
    if (!(error instanceof GearError) || error.code !== notSavedCode) throw error;
    unread.push({rule: '*', resource: 'the functions', reason: error.message, origin: root});
    return [];
  };
  const [configurations, details, mappings, logGroups, alarms] = await Promise.all([
    calls.functions().catch(noFunctions),
    attempt('iam/*', 'the roles', () => calls.rolesAndPolicies()),
    attempt('resilience/*', 'the event source mappings', () => calls.eventSourceMappings()),
    attempt('observability/*', 'the log groups', () => calls.logGroups()),
    attempt('observability/*', 'the alarms', () => calls.alarms()),
  ]);
  const roleDetails = orElse(details, {roles: [], policies: []});
  const note = (entry: NotChecked) => unread.push(entry);
  const ofScheduler = policiesOfService('scheduler.amazonaws.com', roleDetails, region, note);
  const scheduled = ({FunctionArn = ''}: FunctionConfiguration, targets: readonly ScheduledTarget[]) =>
    scheduleOf(FunctionArn, ofScheduler, targets, region);
  const targets = configurations.some(configuration => scheduled(configuration, []).length > 0)
    ? orElse(await attempt('resilience/*', 'the schedules', () => calls.scheduledTargets()), [])
    : [];
  const reasons = configurations.some(({VpcConfig}) => VpcConfig?.VpcId)
    ? await attempt('vpc/without-reason', 'the tags of functions', () => calls.functionsTagged('gear:VpcReason'))
    : new Map<string, string>();
  const packageOf = async (resource: string, read: () => Promise<ReadPackage | undefined>) => {
    if (packages === 'no') return undefined;
    const found = await attempt('size/*', resource, async () => {
      try {
        return await read();
      } catch (error) {
        // It was saved without them.
        if (packages === 'where-saved' && error instanceof GearError && error.code === notSavedCode) return undefined;
        throw error;
      }
    });
    return isUnresolved(found) ? undefined : found;
  };
  // Many functions have the same layer.
  const layersRead = new Map<string, Promise<LayerPackage | undefined>>();
  const layerOf = (arn: string) => {
    const read =
      layersRead.get(arn) ??
      packageOf(arn, () => calls.layerPackage(arn)).then(found => found && {arn, files: found.files});
    layersRead.set(arn, read);
    return read;
  };
  const resourcePolicies: ResourcePolicy[] = [];
  const unseen: FunctionUnseen[] = [];
  const functions = await inBatches(configurations, async configuration => {
    const name = configuration.FunctionName ?? '';
    const permitted = await attempt('resilience/*', name, async () => {
      const policy = await calls.functionPolicy(name);
      resourcePolicies.push(...functionPolicy(policy, configuration, region));
      return triggersOf(policy, configuration, region);
    });
    const triggers = [...orElse(permitted, []), ...scheduled(configuration, targets)];
    const asynchronous = triggers.some(trigger => trigger.asynchronous);
    const {files, handler} =
      (configuration.PackageType === 'Image'
        ? undefined
        : await packageOf(name, () => calls.functionPackage(configuration))) ?? {};
    const why = handler === undefined || 'work' in handler ? undefined : handler;
    const source = why && (await sourceOf?.(configuration.CodeSha256 ?? ''));
    if (why !== undefined && source === undefined) unseen.push({name, why, origin: root});
    const layers =
      files === undefined ? [] : await Promise.all((configuration.Layers ?? []).map(({Arn = ''}) => layerOf(Arn)));
    const extra: FunctionDetails = {
      ...(files === undefined ? {} : {files}),
      ...(handler === undefined ? {} : {handler}),
      ...(source === undefined ? {} : {source}),
      ...(files === undefined || layers.includes(undefined)
        ? {}
        : {layerPackages: layers.filter(layer => layer !== undefined)}),
      triggers,
      onFailureDestination: asynchronous
        ? await attempt('resilience/*', name, () => calls.onFailureDestination(name))
        : undefined,
      vpcReason: isUnresolved(reasons) ? reasons : reasons.get(configuration.FunctionArn ?? ''),
    };
    return readFunction(configuration, extra, region);
  });
  const readMappings = orElse(mappings, []).map(mapping => readMapping(mapping, region));
  const {roles, policies} = readRoles(roleDetails, functions, region, note);
  const reading = {account, region, attempt, note};
  const around = await readSurroundings(
    calls,
    {
      configurations,
      functions,
      functionPolicies: resourcePolicies,
      policies,
      mappings: readMappings,
      alarms: orElse(alarms, []),
    },
    reading,
  );
  const {notChecked, notJudged} = handlersUnseen(unseen);
  return {
    source: {kind: 'account', account, region},
    ...around,
    roles,
    policies,
    eventSourceMappings: readMappings,
    logGroups: orElse(logGroups, []).map(group => ({
      name: group.logGroupName ?? '',
      logGroupName: group.logGroupName ?? '',
      ...(group.retentionInDays === undefined ? {} : {retention: group.retentionInDays}),
      ...(group.storedBytes === undefined ? {} : {storedBytes: group.storedBytes}),
      origin: {arn: group.logGroupArn ?? group.arn ?? '', region},
    })),
    alarms: 'unresolved' in alarms ? alarms : await readAlarms(calls, alarms, reading),
    ignores: [],
    unread: [...saidOnce(unread), ...notChecked],
    notJudged,
  };
}
