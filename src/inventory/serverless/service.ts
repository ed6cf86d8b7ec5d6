import {GearError} from '../../errors.ts';
import type {NotChecked} from '../../model/finding.ts';
import type {Origin} from '../../model/origin.ts';
import {at, type ConfigNode, entriesOf, itemsOf, textOf} from './config-node.ts';
import {normalized} from './naming.ts';
import type {Variables} from './variables.ts';

/** A service with its variables followed, before the framework makes resources of it. */
export interface Service {
  readonly name: string;
  readonly stage: string;
  readonly config: ConfigNode;
  readonly provider: ConfigNode;
  readonly functions: readonly ServiceFunction[];
  readonly plugins: readonly ServicePlugin[];
  note(unread: Omit<NotChecked, 'rule'> & {readonly rule?: string}): void;
}

export interface ServicePlugin {
  readonly name: string;
  readonly origin: Origin;
}

export interface ServiceFunction {
  /** As the user calls it; the framework's logical IDs begin with `id`. */
  readonly key: string;
  readonly id: string;
  readonly name: string;
  readonly logicalId: string;
  readonly config: ConfigNode;
  readonly events: readonly ServiceEvent[];
  readonly origin: Origin;
}

export interface ServiceEvent {
  readonly type: string;
  readonly config: ConfigNode;
  /** Of the event among those of its function, from 1. */
  readonly number: number;
  readonly origin: Origin;
}

export function readService(root: ConfigNode, file: string, variables: Variables, note: Service['note']): Service {
  const config = variables.resolve(root);
  const provider = providerOf(config, file);
  const name = textOf(at(config, 'service')) ?? textOf(at(config, 'service', 'name'));
  if (name === undefined)
    throw new GearError(`${file} is no service: it has no service name`, {code: 'TEMPLATE_UNREADABLE'});
  const service = {name, stage: variables.stage, config, provider, plugins: readPlugins(config, note), note};
  return {...service, functions: readFunctions(service)};
}

function providerOf(config: ConfigNode, file: string): ConfigNode {
  const provider = at(config, 'provider');
  const cloud = textOf(provider) ?? textOf(at(provider, 'name'));
  if (provider === undefined || cloud === undefined)
    throw new GearError(`${file} is no service: it does not say which provider it is for`, {
      code: 'TEMPLATE_UNREADABLE',
    });
  if (cloud !== 'aws')
    throw new GearError(`${file} is a service for ${cloud}, and gear audits AWS only`, {code: 'TEMPLATE_UNREADABLE'});
  return provider;
}

/** A list, or a map with the list in it. */
function readPlugins(config: ConfigNode, note: Service['note']): readonly ServicePlugin[] {
  const plugins = at(config, 'plugins');
  return itemsOf(plugins?.node === 'map' ? at(plugins, 'modules') : plugins).flatMap(item => {
    const name = textOf(item);
    if (name !== undefined) return [{name, origin: item.origin}];
    note({resource: '', reason: 'a plugin is not known by its name', origin: item.origin});
    return [];
  });
}

/** One map, or a list of maps that are taken together. */
function readFunctions(service: Omit<Service, 'functions'>): readonly ServiceFunction[] {
  const {config, note} = service;
  return itemsOf(at(config, 'functions')).flatMap(part => {
    if (part.node !== 'map')
      note({resource: '', reason: `its functions are not known: ${reasonOf(part)}`, origin: part.origin});
    return entriesOf(part).flatMap(([key, fn]) => {
      if (fn.node === 'scalar' && fn.value === null) return [];
      if (fn.node !== 'map') {
        note({resource: key, reason: `the function ${key} is not known: ${reasonOf(fn)}`, origin: fn.origin});
        return [];
      }
      return [readFunction(key, fn, service)];
    });
  });
}

function readFunction(
  key: string,
  config: ConfigNode,
  {name, stage, note}: Omit<Service, 'functions'>,
): ServiceFunction {
  const id = normalized(key);
  const given = at(config, 'name');
  return {
    key,
    id,
    logicalId: `${id}LambdaFunction`,
    name: textOf(given) ?? (given?.node === 'unknown' ? given.unresolved.text : `${name}-${stage}-${key}`),
    config,
    events: readEvents(config, `${id}LambdaFunction`, note),
    origin: config.origin,
  };
}

/** `- sqs: {...}`; an event that needs no settings is its name alone. */
function readEvents(config: ConfigNode, resource: string, note: Service['note']): readonly ServiceEvent[] {
  return itemsOf(at(config, 'events')).flatMap((item, index): readonly ServiceEvent[] => {
    const number = index + 1;
    const name = textOf(item);
    if (name !== undefined) return [{type: name, config: item, number, origin: item.origin}];
    const [entry] = entriesOf(item);
    if (entry !== undefined) return [{type: entry[0], config: entry[1], number, origin: entry[1].origin}];
    note({resource, reason: `an event is not known: ${reasonOf(item)}`, origin: item.origin});
    return [];
  });
}

export function reasonOf(node: ConfigNode): string {
  return node.node === 'unknown' ? `${node.unresolved.text}: ${node.unresolved.reason}` : 'it is not a mapping';
}
