import {GearError} from '../errors.ts';
import {isObject} from '../model/is-object.ts';
import type {Template} from './parse.ts';

/** A section of a template whose entries stand one below the other, and how its author indents. */
export interface Section {
  readonly name: string;
  /** In the order of the text. */
  readonly entries: readonly Entry[];
  /** Columns before an entry's key. */
  readonly indent: number;
  /** Columns that a nested mapping is further in. */
  readonly step: number;
  /** Whether the dashes of a list stand right below the first letter of its key. */
  readonly flushLists: boolean;
  /** Whether blank lines stand between the entries. */
  readonly separated: boolean;
  readonly lineBreak: '\n' | '\r\n';
}

interface Entry {
  readonly name: string;
  /** The beginning of the line of its key. */
  readonly start: number;
  /** The end of its last line, the line break not included. */
  readonly end: number;
}

/** Throws GearError TEMPLATE_NOT_EDITABLE for what cannot be edited line by line. */
export function readSection(template: Template, name: string): Section {
  const {text, body} = template;
  const refuse = (why: string) =>
    new GearError(`${template.file}: ${name} cannot be edited line by line: ${why}`, {code: 'TEMPLATE_NOT_EDITABLE'});
  if (/^\s*\{/.test(text)) throw refuse('the template is JSON, or written as JSON is');
  const whole = template.rangeOf([name]);
  const value = body[name];
  if (whole === undefined || !isObject(value)) throw refuse('it is no mapping');
  if (text[whole.start] === '{') throw refuse('it is written in one line, in braces');
  if (columnOf(text, whole.keyStart ?? 0) !== 0) throw refuse('it is indented');
  const names = Object.keys(value);
  if (names.some(key => key.startsWith('Fn::ForEach'))) throw refuse('it has a loop, whose names are not known');
  const entries = names
    .map(key => {
      const {keyStart = 0, start, end} = template.rangeOf([name, key])!;
      const contentEnd = Math.max(keyStart + 1, start + text.slice(start, end).trimEnd().length);
      return {name: key, start: lineStart(text, keyStart), end: lineEnd(text, contentEnd), keyStart};
    })
    .sort((a, b) => a.start - b.start);
  const indent = columnOf(text, entries[0]!.keyStart);
  if (indent === 0 || entries.some(({start, keyStart}) => !/^ *$/.test(text.slice(start, keyStart))))
    throw refuse('its entries do not stand one below the other');
  return {
    name,
    entries: entries.map(({keyStart: _, ...entry}) => entry),
    indent,
    step: stepOf(template, name, names, indent),
    flushLists: hasFlushList(template, [name], value) ?? false,
    separated: entries.length < 2 ? name === 'Resources' : entries.slice(1).some(({start}) => afterBlank(text, start)),
    lineBreak: text.includes('\r\n') ? '\r\n' : '\n',
  };
}

export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the line ends, its line break not included. */
export function lineEnd(text: string, offset: number): number {
  const found = text.indexOf('\n', offset);
  if (found < 0) return text.length;
  return found > offset && text[found - 1] === '\r' ? found - 1 : found;
}

/** The columns before a line's first letter; undefined for a blank line. */
export function indentOf(line: string): number | undefined {
  const column = line.search(/\S/);
  return column < 0 ? undefined : column;
}

/** A byte order mark takes no column. */
function columnOf(text: string, offset: number): number {
  const start = lineStart(text, offset);
  return offset - start - (start === 0 && text.startsWith('\ufeff') ? 1 : 0);
}

function stepOf({text, rangeOf, body}: Template, section: string, names: readonly string[], indent: number): number {
  for (const name of names) {
    const entry = (body[section] as Record<string, unknown>)[name];
    const [first] = Object.keys(typeof entry === 'object' && entry !== null ? entry : {});
    const keyStart = first === undefined ? undefined : rangeOf([section, name, first])?.keyStart;
    if (keyStart === undefined || text.slice(lineStart(text, keyStart), keyStart).trim() !== '') continue;
    return columnOf(text, keyStart) - indent;
  }
  return indent;
}

/** By the first list that is written in lines; undefined when there is none. */
function hasFlushList(template: Template, path: readonly (string | number)[], value: unknown): boolean | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const range = template.rangeOf(path);
  if (Array.isArray(value) && range?.keyStart !== undefined && template.text[range.start] === '-')
    return columnOf(template.text, range.start) === columnOf(template.text, range.keyStart);
  for (const [key, entry] of Object.entries(value)) {
    const found = hasFlushList(template, [...path, Array.isArray(value) ? Number(key) : key], entry);
    if (found !== undefined) return found;
  }
  return undefined;
}

function afterBlank(text: string, start: number): boolean {
  let at = start;
  // The comments right above an entry are its own.
  while (
    at > 0 &&
    text
      .slice(lineStart(text, at - 1), at)
      .trimStart()
      .startsWith('#')
  )
    at = lineStart(text, at - 1);
  return at > 0 && text.slice(lineStart(text, at - 1), at).trim() === '';
}
