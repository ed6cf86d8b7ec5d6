import {isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, type YAMLMap} from 'yaml';
import {deepest, explain} from '../../cloudformation/parse.ts';
import {longName} from '../../cloudformation/short-forms.ts';
import {shortForms} from '../../cloudformation/yaml-tags.ts';
import {GearError} from '../../errors.ts';
import {asText} from '../../model/as-text.ts';
import type {Origin} from '../../model/origin.ts';
import type {ConfigNode, ScalarNode} from './config-node.ts';

/** Reads YAML or JSON as the Serverless Framework does: YAML 1.2 with anchors, merges and CloudFormation's tags. */
export function readConfig(text: string, file: string): ConfigNode {
  const lines = new LineCounter();
  const refuse = (what: string, offset = 0) =>
    new GearError(`${file}:${lines.linePos(offset).line || 1}: cannot be read as YAML: ${what}`, {
      code: 'TEMPLATE_UNREADABLE',
    });
  try {
    const document = parseDocument(text, {schema: 'core', customTags: shortForms, lineCounter: lines});
    const [problem] = document.errors;
    if (problem !== undefined) throw refuse(explain(problem, text), problem.pos[0]);
    const originAt = (offset: number): Origin => {
      const {line, col} = lines.linePos(offset);
      return {file, line, column: col};
    };
    let left = mostNodes;
    return configNode(document.contents, {
      text,
      depth: 0,
      originAt,
      refuse,
      follow: alias => {
        const target = isAlias(alias) ? alias.resolve(document) : undefined;
        if (target === undefined) throw refuse('it refers to an anchor that is not there', alias.range?.[0]);
        return target;
      },
      count: () => {
        left -= 1;
        if (left < 0) throw refuse('it grows beyond all reason when its aliases are followed');
      },
    });
  } catch (error) {
    if (error instanceof RangeError) throw refuse('it is nested too deeply');
    throw error;
  }
}

/** Aliases of aliases can make a small file into a large value. */
const mostNodes = 100_000;

interface Reading {
  readonly text: string;
  readonly depth: number;
  originAt(offset: number): Origin;
  refuse(what: string, offset?: number): GearError;
  follow(alias: Node): Node;
  count(): void;
}

function configNode(contents: unknown, reading: Reading, keyStart?: number): ConfigNode {
  reading.count();
  if (contents === null || contents === undefined)
    return {node: 'scalar', value: null, origin: reading.originAt(keyStart ?? 0)};
  const yaml = contents as Node;
  if (isAlias(yaml)) return configNode(reading.follow(yaml), reading, keyStart ?? yaml.range?.[0]);
  const start = yaml.range?.[0] ?? 0;
  const {tag} = yaml;
  if (!tag?.startsWith('!') || tag.startsWith('!!'))
    return plainNode(yaml, reading, reading.originAt(keyStart ?? start));
  const origin = reading.originAt(keyStart ?? reading.text.lastIndexOf(tag, start));
  const name = longName(tag);
  const argument = plainNode(yaml, reading, origin);
  return {node: 'map', entries: new Map([[name, name === 'Fn::GetAtt' ? attributePath(argument) : argument]]), origin};
}

function attributePath(argument: ConfigNode): ConfigNode {
  if (argument.node !== 'scalar' || typeof argument.value !== 'string') return argument;
  const {origin} = argument;
  const [id, attribute] = argument.value.split(/\.(.*)/s);
  const items = [id, attribute].filter(part => part !== undefined);
  return {node: 'list', items: items.map((value): ScalarNode => ({node: 'scalar', value, origin})), origin};
}

function plainNode(yaml: Node, outer: Reading, origin: Origin): ConfigNode {
  if (isScalar(yaml)) return {node: 'scalar', value: scalarValue(yaml.value), origin};
  if (outer.depth === deepest) throw outer.refuse('it is nested too deeply', yaml.range?.[0]);
  const reading = {...outer, depth: outer.depth + 1};
  if (isSeq(yaml)) return {node: 'list', items: yaml.items.map(item => configNode(item, reading)), origin};
  if (!isMap(yaml)) return {node: 'scalar', value: null, origin};
  const entries = membersOf(yaml, reading);
  const attribute = entries.get('Fn::GetAtt');
  if (attribute !== undefined && entries.size === 1) entries.set('Fn::GetAtt', attributePath(attribute));
  return {node: 'map', entries, origin};
}

function scalarValue(value: unknown): ScalarNode['value'] {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
    ? (value as ScalarNode['value'])
    : asText(value);
}

function membersOf(yaml: YAMLMap, reading: Reading): Map<string, ConfigNode> {
  const own = new Map<string, ConfigNode>();
  const merged = new Map<string, ConfigNode>();
  for (const {key, value} of yaml.items as Pair[]) {
    if (!isScalar(key)) throw reading.refuse('a key is not plain text', (key as Node | null)?.range?.[0]);
    const name = asText(key.source ?? key.value);
    const node = configNode(value, reading, key.range?.[0]);
    if (name !== '<<') own.set(name, node);
    else
      for (const from of node.node === 'list' ? node.items : [node])
        if (from.node === 'map')
          for (const [member, value] of from.entries) if (!merged.has(member)) merged.set(member, value);
  }
  return new Map([...merged, ...own]);
}
