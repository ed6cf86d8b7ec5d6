import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Scalar,
  type YAMLMap,
  type YAMLParseError,
} from 'yaml';
import {GearError} from '../errors.ts';
import type {DuplicateKey} from '../model/duplicate-key.ts';
import {isObject} from '../model/is-object.ts';
import type {Origin} from '../model/origin.ts';
import {lineCounter} from './line-starts.ts';
import {parseYaml} from './parse-yaml.ts';
import type {PlacedTemplate} from './placed-template.ts';
import {parts, pointer} from './pointer.ts';
import {longForm, longName} from './short-forms.ts';
import type {Path} from './value-at.ts';
import {customTags} from './yaml-tags.ts';

/** A template whose text can be spliced. */
export interface Template extends PlacedTemplate {
  /** Offsets in `text`: of the whole value, and of its key where it has one. */
  rangeOf(path: Path): TextRange | undefined;
}

export interface TextRange {
  readonly start: number;
  readonly end: number;
  readonly keyStart?: number;
}

interface ParseOptions {
  /** YAML forbids them; CloudFormation's reader takes the last one. Refused by default. */
  readonly duplicateKeys?: 'refused' | 'last';
  /**
   * CloudFormation takes neither aliases nor merge keys, but `sam` and `aws cloudformation package` put in their place
   * what they stand for. Refused by default: what is spliced into an anchor would change other places too.
   */
  readonly aliases?: 'refused' | 'followed';
}

/** Reads YAML or JSON. Throws GearError TEMPLATE_UNREADABLE with file, line and what is wrong, and nothing else. */
export function parseTemplate(
  text: string,
  file: string,
  {duplicateKeys: duplicates = 'refused', aliases = 'refused'}: ParseOptions = {},
): Template {
  const lines = lineCounter(text);
  const refuse = (what: string, offset = 0) => unreadable(file, what, lines(offset).line);
  const document = guarded(
    () => parseYaml(text, {schema: 'yaml-1.1', customTags, uniqueKeys: duplicates === 'refused'}),
    refuse,
  );
  const [problem] = document.errors;
  if (problem !== undefined) throw refuse(explain(problem, text), problem.pos[0]);
  const ranges = new Map<string, TextRange>();
  const duplicateKeys: DuplicateKey[] = [];
  const originAt = (offset: number): Origin => ({file, ...lines(offset)});
  const duplicate = (path: Path, offsets: readonly number[]) => {
    const origins = offsets.map(originAt);
    duplicateKeys.push({path: path.map(String), ignored: origins.slice(0, -1), taken: origins.at(-1)!});
  };
  const aliasing = aliases === 'followed' ? {document, targets: new Map(), left: mostNodes} : undefined;
  const reading: Reading = {text, ranges, refuse, duplicate, aliasing};
  const body = guarded(() => plain(document.contents, [], reading), refuse);
  if (!isObject(body)) throw refuse('it is not a mapping with a Resources section');
  const rangeOf = (path: readonly (string | number)[]) => ranges.get(pointer(path));
  return {
    file,
    text,
    body,
    rangeOf,
    duplicateKeys,
    pathsAt: offset =>
      [...ranges]
        .filter(([, {start, end, keyStart = start}]) => keyStart <= offset && offset < end)
        .map(([path]) => parts(path))
        .sort((a, b) => a.length - b.length),
    originOf(path) {
      for (let length = path.length; length >= 0; length--) {
        const range = rangeOf(path.slice(0, length));
        if (range === undefined) continue;
        return originAt(range.keyStart ?? range.start);
      }
      return {file, line: 1, column: 1};
    },
  };
}

/** Levels of a text that is read. What goes through it recurses as well, and none of that may end the stack. */
export const deepest = 200;

/** Aliases of aliases can make a small file into a large value. */
const mostNodes = 100_000;

type Refuse = (what: string, offset?: number) => GearError;

/** Reading recurses, so that nesting beyond all reason ends the stack. */
function guarded<T>(read: () => T, refuse: Refuse): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw refuse('it is nested too deeply');
    throw error;
  }
}

/** The parser's own words are about YAML's grammar; these are about the text. */
export function explain({code, message, pos}: YAMLParseError, text: string): string {
  const what = message.split('\n')[0]!.replace(/ at line \d+.*$/, '');
  if (code === 'DUPLICATE_KEY')
    return `the key ${/^[^:\n]*/.exec(text.slice(pos[0]))?.[0].trim()} stands here a second time`;
  if (code === 'TAB_AS_INDENT') return 'tabs cannot indent YAML, only spaces can';
  if (code === 'MULTIPLE_DOCS') return 'there is more than one document in it';
  if (/^Unexpected .* at node end$/.test(what))
    return 'something follows a value that has ended; a text with a brace, a bracket or a colon in it takes quotes';
  if (/^Missing closing .quote$/.test(what)) return 'a quoted text that begins further up has no closing quote';
  return what === 'Maximum call stack size exceeded' ? 'it is nested too deeply' : what;
}

function unreadable(file: string, what: string, line: number): GearError {
  return new GearError(`${file}:${line}: cannot be read as a template: ${what}`, {code: 'TEMPLATE_UNREADABLE'});
}

interface Reading {
  readonly text: string;
  readonly ranges: Map<string, TextRange>;
  readonly refuse: Refuse;
  readonly duplicate: (path: Path, offsets: readonly number[]) => void;
  /** Undefined where aliases are refused. */
  readonly aliasing: Aliasing | undefined;
}

interface Aliasing {
  readonly document: Document.Parsed;
  /** Of those that were followed: finding one takes a walk through the document. */
  readonly targets: Map<Node, Node>;
  left: number;
}

/** What an alias stands for, which keeps the place where it is written. */
function follow(node: Node, {aliasing, refuse}: Reading): Node {
  const [start] = node.range ?? [];
  if (aliasing !== undefined && aliasing.targets.size > 0 && --aliasing.left < 0)
    throw refuse('it grows beyond all reason when its aliases are followed', start);
  if (!isAlias(node)) return node;
  if (aliasing === undefined) throw refuse('CloudFormation has no anchors and aliases', start);
  const target = aliasing.targets.get(node) ?? node.resolve(aliasing.document);
  if (target === undefined) throw refuse('it refers to an anchor that is not there', start);
  aliasing.targets.set(node, target);
  return target;
}

function plain(written: unknown, path: readonly (string | number)[], reading: Reading, keyStart?: number): unknown {
  if (written === null || written === undefined) return null;
  const yaml = follow(written as Node, reading);
  if (path.length > deepest) throw reading.refuse('it is nested too deeply', yaml.range?.[0]);
  const key = keyStart === undefined ? {} : {keyStart};
  const [start, end] = yaml.range ?? [0, 0];
  const {tag} = yaml;
  if (!tag?.startsWith('!') || tag.startsWith('!!')) {
    reading.ranges.set(pointer(path), {start, end, ...key});
    return plainValue(yaml, path, reading);
  }
  // A node's own range leaves out its tag, which stands before it and is the key of the long form.
  const tagStart = reading.text.lastIndexOf(tag, start);
  const name = longName(tag);
  const inner = [...path, name];
  reading.ranges.set(pointer(path), {start: tagStart, end, ...key});
  reading.ranges.set(pointer(inner), {start, end, keyStart: tagStart});
  return longForm(name, plainValue(yaml, inner, reading));
}

function plainValue(node: Node, path: readonly (string | number)[], reading: Reading): unknown {
  if (isScalar(node)) {
    if (typeof node.value === 'object' && node.value !== null)
      throw reading.refuse(`CloudFormation has no values of type ${node.tag}`, node.range?.[0]);
    return node.value;
  }
  if (isSeq(node)) return node.items.map((item, index) => plain(item, [...path, index], reading));
  if (!isMap(node)) return null;
  const result: Record<string, unknown> = {};
  for (const {key: keyNode, value} of withMerged(lastOfEachKey(node, path, reading), reading)) {
    if (!isScalar(keyNode)) throw reading.refuse('a key is not plain text', (keyNode as Node | null)?.range?.[0]);
    const key = keyText(keyNode);
    // Defined and not assigned: a key may be called __proto__.
    Object.defineProperty(result, key, {
      value: plain(value, [...path, key], reading, keyNode.range?.[0]),
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  const {'Fn::GetAtt': attribute} = result;
  return typeof attribute === 'string' && node.items.length === 1 ? longForm('Fn::GetAtt', attribute) : result;
}

type Pairs = YAMLMap['items'];

/** What stands in the mapping itself comes before what `<<` brings, and of several the first. */
function withMerged(items: Pairs, reading: Reading): Pairs {
  if (reading.aliasing === undefined || !items.some(isMerge)) return items;
  const own = items.filter(item => !isMerge(item));
  const merged = new Map(own.map(item => [keyOf(item), item]));
  for (const {value} of items.filter(isMerge))
    for (const source of sourcesOf(value, reading))
      for (const item of withMerged(source.items, reading)) if (!merged.has(keyOf(item))) merged.set(keyOf(item), item);
  return [...merged.values()];
}

function isMerge({key}: Pairs[number]): boolean {
  return isScalar(key) && key.type === 'PLAIN' && key.value === '<<';
}

function keyOf({key}: Pairs[number]): unknown {
  return isScalar(key) ? keyText(key) : key;
}

function sourcesOf(value: unknown, reading: Reading): readonly YAMLMap[] {
  const node = follow(value as Node, reading);
  if (isSeq(node)) return node.items.flatMap(item => sourcesOf(item, reading));
  if (!isMap(node)) throw reading.refuse('what << brings is not a mapping', node?.range?.[0]);
  return [node];
}

function lastOfEachKey({items}: YAMLMap, path: Path, reading: Reading): YAMLMap['items'] {
  const offsets = new Map<string, number[]>();
  for (const {key} of items)
    if (isScalar(key)) offsets.set(keyText(key), [...(offsets.get(keyText(key)) ?? []), key.range?.[0] ?? 0]);
  if (offsets.size === items.length) return items;
  for (const [key, all] of offsets) if (all.length > 1) reading.duplicate([...path, key], all);
  return items.filter(({key}) => !isScalar(key) || offsets.get(keyText(key))?.at(-1) === key.range?.[0]);
}

function keyText(key: Scalar): string {
  return String(key.source ?? key.value);
}
