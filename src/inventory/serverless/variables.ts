import {existsSync, readFileSync, statSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {GearError} from '../../errors.ts';
import {entry} from '../../model/entry.ts';
import type {Origin} from '../../model/origin.ts';
import {unresolved} from '../../model/resolvable.ts';
import {at, type ConfigNode, standingAt, textOf} from './config-node.ts';
import {readConfig} from './read-config.ts';
import {literalOf, type Variable, variablePieces} from './variable-syntax.ts';

export interface Variables {
  /** The value with every variable in it followed; what cannot be known is an unknown node, or stays in its text. */
  resolve(node: ConfigNode): ConfigNode;
  /** What stands at this address of the configuration. */
  self(...names: readonly string[]): ConfigNode | undefined;
  readonly stage: string;
  /** What was asked for by name and what could be given by `--parameter`. */
  readonly asked: ReadonlySet<string>;
  /** The files that were included, by their paths. */
  readonly texts: ReadonlyMap<string, string>;
}

interface Options {
  /** By what stands between the braces: `opt:stage`, `env:TABLE`. */
  readonly given: Readonly<Record<string, string>>;
}

/** How far a value is followed: in an address `us-east-1` is needed, in an ARN the region of the stack. */
type Region = 'placeholder' | 'literal';

export function readVariables(root: ConfigNode, file: string, {given}: Options): Variables {
  const asked = new Set<string>(['opt:stage', 'opt:region']);
  const active = new Set<string>();
  const resolved = new WeakMap<ConfigNode, ConfigNode>();
  const files = new Map<string, ConfigNode | undefined>();
  const texts = new Map<string, string>();

  const resolve = (node: ConfigNode, region: Region = 'placeholder'): ConfigNode => {
    const known = region === 'placeholder' ? resolved.get(node) : undefined;
    if (known !== undefined) return known;
    const result = resolveOnce(node, region);
    if (region === 'placeholder' && active.size === 0) resolved.set(node, result);
    return result;
  };

  let left = mostSteps;
  const resolveOnce = (node: ConfigNode, region: Region): ConfigNode => {
    left -= 1;
    if (left < 0)
      throw new GearError(`${file} cannot be read: it grows beyond all reason when its variables are followed`, {
        code: 'TEMPLATE_UNREADABLE',
      });
    if (node.node === 'list') return {...node, items: node.items.map(item => resolve(item, region))};
    if (node.node === 'map')
      return {...node, entries: new Map([...node.entries].map(([name, value]) => [name, resolve(value, region)]))};
    return shallow(node, region);
  };

  /** The node that a text with a variable stands for; what is inside it is still to be followed. */
  const shallow = (node: ConfigNode, region: Region): ConfigNode => {
    if (node.node !== 'scalar' || typeof node.value !== 'string' || !node.value.includes('${')) return node;
    const pieces = variablePieces(node.value);
    const [only] = pieces;
    if (pieces.length === 1 && only !== undefined && typeof only !== 'string')
      return standingAt(follow(only, node.origin, region), node.origin);
    const parts = pieces.map(piece => (typeof piece === 'string' ? piece : asText(piece, node.origin, region)));
    const value = parts.join('');
    return value.length > longestText
      ? unknown('a text with variables', 'it grows beyond all reason', node.origin)
      : {...node, value};
  };

  const asText = (variable: Variable, origin: Origin, region: Region): string => {
    const value = follow(variable, origin, region);
    if (value.node === 'scalar') return String(value.value ?? '');
    return variable.text;
  };

  const follow = (variable: Variable, origin: Origin, region: Region): ConfigNode => {
    const {text, sources} = variable;
    if (region === 'placeholder' && isRegion(sources[0] ?? ''))
      return {node: 'scalar', value: `\${AWS::Region}`, origin};
    if (active.has(text)) return unknown(text, 'it refers to itself', origin);
    active.add(text);
    try {
      for (const source of sources) {
        const found = fromSource(source, origin, region);
        if (found !== undefined && !(found.node === 'scalar' && found.value === null)) return found;
      }
      return unknown(text, absence(sources[0] ?? ''), origin);
    } finally {
      active.delete(text);
    }
  };

  const fromSource = (source: string, origin: Origin, region: Region): ConfigNode | undefined => {
    const pieces = variablePieces(source);
    const [only] = pieces;
    if (pieces.length === 1 && only !== undefined && typeof only !== 'string') return follow(only, origin, region);
    const nested = pieces.map(piece =>
      typeof piece === 'string'
        ? piece
        : follow(piece, origin, region === 'placeholder' && literalOf(source) !== undefined ? region : 'literal'),
    );
    const open = nested.find(piece => typeof piece !== 'string' && piece.node !== 'scalar');
    if (open !== undefined) return open as ConfigNode;
    const flat = nested.map(piece => (typeof piece === 'string' ? piece : (textOf(piece) ?? ''))).join('');
    const literal = literalOf(flat);
    if (literal !== undefined) return {node: 'scalar', value: literal.value, origin};
    asked.add(flat);
    if (Object.hasOwn(given, flat)) return {node: 'scalar', value: given[flat]!, origin};
    const [, type, argument, address = ''] = /^([A-Za-z]\w*)(?:\((.*?)\))?(?::(.*))?$/s.exec(flat) ?? [];
    const lookUp = type === undefined ? undefined : entry(lookUps, type);
    if (lookUp !== undefined) return lookUp(address.trim(), {argument: argument ?? '', origin, region, name: flat});
    const reason = external.has(type ?? '')
      ? `it is looked up when the service is deployed (--parameter ${flat}=... gives it a value)`
      : `gear does not know the source ${type ?? flat}`;
    return unknown(`\${${flat}}`, reason, origin);
  };

  const walk = (from: ConfigNode | undefined, address: string, region: Region): ConfigNode | undefined => {
    let found = from;
    for (const name of address === '' ? [] : address.split('.')) {
      found = found === undefined ? undefined : shallow(found, region);
      if (found?.node === 'unknown') return found;
      found = found?.node === 'list' ? found.items[Number(name)] : at(found, name);
    }
    return found === undefined ? undefined : resolve(found, region);
  };

  interface LookUp {
    readonly argument: string;
    readonly origin: Origin;
    readonly region: Region;
    readonly name: string;
  }

  const scalar = (value: string, origin: Origin): ConfigNode => ({node: 'scalar', value, origin});

  const lookUps: Readonly<Record<string, (address: string, about: LookUp) => ConfigNode | undefined>> = {
    self(address, {origin, region}) {
      const found = walk(root, address, region);
      const preset = found === undefined ? entry(presets, address) : undefined;
      return preset === undefined ? found : scalar(preset, origin);
    },
    opt: () => undefined,
    env: () => undefined,
    param(address, {region}) {
      return parametersOf(stage(), address)
        .map(path => walk(root, path, region))
        .find(value => value !== undefined);
    },
    sls: (address, {origin, name}) =>
      address === 'stage' ? scalar(stage(), origin) : unknown(`\${${name}}`, 'it is made when deploying', origin),
    aws(address, {origin, name}) {
      if (address === 'accountId') return scalar(`\${AWS::AccountId}`, origin);
      if (address === 'region') return scalar(regionName(), origin);
      return unknown(`\${${name}}`, 'it is known when the service is deployed', origin);
    },
    strToBool: (_, {argument, origin}) => ({node: 'scalar', value: /^(true|1|yes)$/i.test(argument.trim()), origin}),
    file(address, {argument, origin, region, name}) {
      if (!/\.(ya?ml|json)$/.test(argument))
        return unknown(`\${${name}}`, `${argument} is neither YAML nor JSON, and gear does not run it`, origin);
      return walk(fileAt(join(dirname(file), argument)), address, region);
    },
  };

  const fileAt = (path: string): ConfigNode | undefined => {
    if (!files.has(path)) {
      const text = existsSync(path) && statSync(path).isFile() ? readFileSync(path, 'utf8') : undefined;
      if (text !== undefined) texts.set(path, text);
      files.set(path, text === undefined ? undefined : readConfig(text, path));
    }
    return files.get(path);
  };

  const stage = (): string => given['opt:stage'] ?? ownText('stage') ?? presets['provider.stage']!;
  const regionName = (): string => given['opt:region'] ?? ownText('region') ?? presets['provider.region']!;

  const ownText = (name: string): string | undefined => {
    const node = at(shallowRoot(), 'provider', name);
    if (node === undefined) return undefined;
    const value = resolve(node, 'literal');
    return value.node === 'unknown' ? value.unresolved.text : textOf(value);
  };
  const shallowRoot = () => (root.node === 'map' ? root : undefined);

  return {
    resolve: node => resolve(node),
    self: (...names) => walk(root, names.join('.'), 'placeholder'),
    get stage() {
      return stage();
    },
    asked,
    texts,
  };
}

/** Variables of variables can make a small file into a large value. */
const mostSteps = 200_000;
const longestText = 100_000;

/** What the framework takes when the configuration does not say. */
const presets: Readonly<Record<string, string>> = {'provider.stage': 'dev', 'provider.region': 'us-east-1'};

function isRegion(source: string): boolean {
  return /^(aws:region|opt:region|self:provider\.region)$/.test(source);
}

function parametersOf(stage: string, name: string): readonly string[] {
  return [`params.${stage}`, `stages.${stage}.params`, 'params.default', 'stages.default.params'].map(
    path => `${path}.${name}`,
  );
}

/** Sources that ask a service, a file of another kind or a plugin when deploying. */
const external = new Set(['awsSecretsManager', 'cf', 'doppler', 'git', 'output', 's3', 'ssm', 'terraform', 'vault']);

function absence(source: string): string {
  const [type] = source.split(/[:(]/);
  if (type === 'env' || type === 'opt' || type === 'param')
    return `it has no value here (--parameter ${source}=... gives it one)`;
  if (type === 'file') return 'there is no such file, or nothing at that place in it';
  return 'the configuration has nothing there';
}

function unknown(text: string, reason: string, origin: Origin): ConfigNode {
  return {node: 'unknown', unresolved: unresolved(text, reason), origin};
}
