import {isAlias, isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument, type ScalarTag} from 'yaml';
import {GearError} from '../errors.ts';
import type {Origin} from '../model/origin.ts';

/** A template as plain values, and where in the text each of them stands. */
export interface Template {
  /** As the user gave it. */
  readonly file: string;
  readonly text: string;
  /**
   * The document with every short intrinsic in its long form (`!Ref X` is `{Ref: 'X'}`, `!GetAtt A.B` is
   * `{'Fn::GetAtt': ['A', 'B']}`): JSON and YAML, short and long, are the same from here on.
   */
  readonly body: Readonly<Record<string, unknown>>;
  /** Where a value stands; for a path that does not exist, where its nearest ancestor does. */
  originOf(path: readonly (string | number)[]): Origin;
  /** Offsets in `text`: of the whole value, and of its key where it has one. */
  rangeOf(path: readonly (string | number)[]): TextRange | undefined;
}

export interface TextRange {
  readonly start: number;
  readonly end: number;
  readonly keyStart?: number;
}

/** Reads YAML or JSON. Throws GearError TEMPLATE_UNREADABLE with file, line and what is wrong. */
export function parseTemplate(text: string, file: string): Template {
  const lines = new LineCounter();
  const document = parseDocument(text, {customTags: shortForms, lineCounter: lines, uniqueKeys: true, merge: true});
  const [problem] = document.errors;
  if (problem !== undefined)
    throw unreadable(
      file,
      problem.message.split('\n')[0]!.replace(/ at line \d+.*$/, ''),
      lines.linePos(problem.pos[0]).line,
    );
  const ranges = new Map<string, TextRange>();
  const body = plain(document.contents, [], ranges);
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw unreadable(file, 'it is not a mapping with a Resources section', 1);
  const rangeOf = (path: readonly (string | number)[]) => ranges.get(pointer(path));
  return {
    file,
    text,
    body: body as Record<string, unknown>,
    rangeOf,
    originOf(path) {
      for (let length = path.length; length >= 0; length--) {
        const range = rangeOf(path.slice(0, length));
        if (range === undefined) continue;
        const {line, col} = lines.linePos(range.keyStart ?? range.start);
        return {file, line, column: col};
      }
      return {file, line: 1, column: 1};
    },
  };
}

function unreadable(file: string, what: string, line: number): GearError {
  return new GearError(`${file}:${line}: cannot be read as a template: ${what}`, {code: 'TEMPLATE_UNREADABLE'});
}

const intrinsics = [
  'And',
  'Base64',
  'Cidr',
  'Condition',
  'Equals',
  'FindInMap',
  'ForEach',
  'GetAtt',
  'GetAZs',
  'If',
  'ImportValue',
  'Join',
  'Length',
  'Not',
  'Or',
  'Ref',
  'Select',
  'Split',
  'Sub',
  'ToJsonString',
  'Transform',
] as const;

/** The value stays what it is; the tag is turned into the long form by `plain`. */
const shortForms = intrinsics.flatMap((name): ScalarTag[] => [
  {tag: `!${name}`, resolve: (value: string) => value},
  {tag: `!${name}`, collection: 'map'} as unknown as ScalarTag,
  {tag: `!${name}`, collection: 'seq'} as unknown as ScalarTag,
]);

function longName(tag: string): string {
  const name = tag.slice(1);
  return name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
}

function longForm(name: string, value: unknown): unknown {
  if (name !== 'Fn::GetAtt' || typeof value !== 'string') return {[name]: value};
  const dot = value.indexOf('.');
  return {[name]: dot < 0 ? [value] : [value.slice(0, dot), value.slice(dot + 1)]};
}

function plain(
  node: unknown,
  path: readonly (string | number)[],
  ranges: Map<string, TextRange>,
  keyStart?: number,
): unknown {
  if (node === null || node === undefined) return null;
  const yaml = node as Node;
  if (isAlias(yaml))
    throw new GearError('Anchors and aliases are not allowed in a CloudFormation template', {
      code: 'TEMPLATE_UNREADABLE',
    });
  const range = yaml.range && {start: yaml.range[0], end: yaml.range[1], ...(keyStart === undefined ? {} : {keyStart})};
  if (range) ranges.set(pointer(path), range);
  if (!yaml.tag?.startsWith('!') || yaml.tag.startsWith('!!')) return plainValue(yaml, path, ranges);
  const name = longName(yaml.tag);
  const inner = [...path, name];
  if (range) ranges.set(pointer(inner), range);
  return longForm(name, plainValue(yaml, inner, ranges));
}

function plainValue(node: Node, path: readonly (string | number)[], ranges: Map<string, TextRange>): unknown {
  if (isScalar(node)) return node.value instanceof Date ? String(node.source) : node.value;
  if (isSeq(node)) return node.items.map((item, index) => plain(item, [...path, index], ranges));
  if (!isMap(node)) return null;
  const result: Record<string, unknown> = {};
  for (const pair of node.items) {
    if (!isPair(pair)) continue;
    const key = isScalar(pair.key) ? String(pair.key.source ?? pair.key.value) : String(pair.key);
    const start = (pair.key as Node | null)?.range?.[0];
    Object.defineProperty(result, key, {
      value: plain(pair.value, [...path, key], ranges, start),
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  return result;
}

/** RFC 6901, so that a key with a slash in it is no other path. */
function pointer(path: readonly (string | number)[]): string {
  return path.map(part => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
