import {isDeepStrictEqual} from 'node:util';
import {GearError} from '../errors.ts';
import {indentBlock} from './indent-block.ts';
import {parseTemplate, type Template} from './parse.ts';
import {lineEnd, lineStart, readSection} from './section.ts';

type Path = readonly (string | number)[];

/**
 * The template with one more member at the end of a mapping or list of its resources, every byte that was there kept.
 * The member is given as lines that begin in column 0, as to `insertEntries`. What is not written line by line, or would
 * not read as expected, is GearError TEMPLATE_NOT_EDITABLE.
 */
export function appendMember(template: Template, path: Path, lines: readonly string[]): Template {
  const {text, file} = template;
  const value = valueAt(template.body, path);
  const range = template.rangeOf(path);
  const names = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  if (range === undefined || names.length === 0) throw failed(template, path, 'it is empty');
  const first = Array.isArray(value) ? range.start : template.rangeOf([...path, names[0]!])!.keyStart!;
  const before = text.slice(lineStart(text, first), first);
  if (!/^ *$/.test(before) || (Array.isArray(value) && text[first] !== '-'))
    throw failed(template, path, 'it is not written line by line');
  const section = readSection(template, 'Resources');
  const at = lineEnd(text, range.start + text.slice(range.start, range.end).trimEnd().length);
  const inserted = indentBlock(lines, {...section, indent: before.length}).map(line => section.lineBreak + line);
  const edited = parseTemplate(text.slice(0, at) + inserted.join('') + text.slice(at), file);
  const added = parseTemplate(['member:', ...lines.map(line => `  ${line}`)].join('\n'), file).body.member;
  const longer = Array.isArray(value)
    ? [...value, ...(added as unknown[])]
    : {...(value as object), ...(added as object)};
  if (!isDeepStrictEqual(edited.body, withValueAt(template.body, path, longer)))
    throw failed(template, path, 'the edited text does not read as expected');
  return edited;
}

/** The template without the lines of a member of its resources, and without what would be empty then. */
export function removeMember(template: Template, path: Path): Template {
  const parent = path.slice(0, -1);
  const members = Object.keys(valueAt(template.body, parent) as object);
  if (members.length === 1 && parent.length > 2) return removeMember(template, parent);
  const {text, file} = template;
  const {start, end, keyStart} = template.rangeOf(path)!;
  const from = lineStart(text, keyStart ?? start);
  const alone = keyStart === undefined ? /^ *- *$/ : /^ *$/;
  if (!alone.test(text.slice(from, keyStart ?? start))) throw failed(template, path, 'it is not written line by line');
  const to = lineEnd(text, start + text.slice(start, end).trimEnd().length);
  const edited = parseTemplate(text.slice(0, lineEndBefore(text, from)) + text.slice(to), file);
  if (!isDeepStrictEqual(edited.body, withValueAt(template.body, path, undefined)))
    throw failed(template, path, 'the edited text does not read as expected');
  return edited;
}

function lineEndBefore(text: string, start: number): number {
  return lineEnd(text, lineStart(text, start - 1));
}

function valueAt(body: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<string | number, unknown> | undefined)?.[key], body);
}

/** Undefined takes the place away. */
function withValueAt(body: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const entries = Object.entries(body as object).flatMap(([name, entry]) => {
    const changed = name === String(key) ? withValueAt(entry, rest, value) : entry;
    return changed === undefined ? [] : [[name, changed] as const];
  });
  return Array.isArray(body) ? entries.map(([, entry]) => entry) : Object.fromEntries(entries);
}

function failed({file, originOf}: Template, path: Path, why: string): GearError {
  const origin = originOf(path);
  const line = 'line' in origin ? `:${origin.line}` : '';
  return new GearError(`${file}${line}: ${path.join('.')} cannot be edited line by line: ${why}`, {
    code: 'TEMPLATE_NOT_EDITABLE',
  });
}
