import {isDeepStrictEqual} from 'node:util';
import {appendLines} from './append-lines.ts';
import {notEditable} from './not-editable.ts';
import {parseTemplate, type Template, type TextRange} from './parse.ts';
import {blockLines, flowText} from './render-value.ts';
import {lineStart} from './section.ts';
import {type Path, valueAt, withValueAt} from './value-at.ts';

/**
 * The template with a value at a path: in the place of the one that stands there, or as a new member in the style of
 * the mapping around it, with the mappings that are missing between. Every other byte is kept; the result is read
 * again, and GearError TEMPLATE_NOT_EDITABLE is thrown unless it is what was asked for.
 */
export function setMember(template: Template, path: Path, value: unknown): Template {
  if (template.rangeOf(path) !== undefined) return replaceValue(template, path, value);
  let depth = path.length - 1;
  while (depth > 0 && template.rangeOf(path.slice(0, depth)) === undefined) depth--;
  const parent = path.slice(0, depth);
  const nested = path.slice(depth + 1).reduceRight<unknown>((inner, key) => ({[key]: inner}), value);
  const added = {[String(path[depth])]: nested};
  const present = valueAt(template.body, parent);
  if (present === null) return replaceValue(template, parent, added);
  if (typeof present !== 'object' || Array.isArray(present) || Object.keys(present).some(isIntrinsic))
    throw notEditable(template, parent, 'it is no mapping');
  return append(template, parent, added);
}

/** The template with one more entry at the end of a list. */
export function appendItem(template: Template, path: Path, item: unknown): Template {
  return append(template, path, [item]);
}

function isIntrinsic(key: string): boolean {
  return key === 'Ref' || key.startsWith('Fn::');
}

function append(
  template: Template,
  path: Path,
  added: Readonly<Record<string, unknown>> | readonly unknown[],
): Template {
  const {text, body} = template;
  const range = template.rangeOf(path)!;
  if (text[range.start] !== '{' && text[range.start] !== '[') return appendLines(template, path, blockLines(added));
  const present = valueAt(body, path) as object;
  const expected = Array.isArray(present) ? [...present, ...(added as unknown[])] : {...present, ...added};
  const members = Object.keys(present).map(key => template.rangeOf([...path, key])!);
  const json = isJson(text);
  const first = members[0]?.keyStart ?? members[0]?.start;
  const margin = first === undefined ? undefined : marginOf(text, first);
  const layout = {margin, step: /\n([ \t]+)/.exec(text)?.[1] ?? '  '};
  const entry = Array.isArray(added)
    ? entryText(added[0], json, layout)
    : Object.entries(added)
        .map(([key, value]) => `${json ? JSON.stringify(key) : key}: ${entryText(value, json, layout)}`)
        .join();
  const at = members.length === 0 ? range.start + 1 : Math.max(...members.map(member => contentEnd(text, member)));
  if (/,\s*$/.test(text.slice(at, range.end - 1)))
    throw notEditable(template, path, 'a comma stands behind its last entry');
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const before = members.length === 0 ? '' : margin === undefined ? ', ' : `,${lineBreak}${margin}`;
  return checked(
    template,
    path,
    text.slice(0, at) + before + entry.replaceAll('\n', lineBreak) + text.slice(at),
    expected,
  );
}

/** A JSON file that is written in lines gets lines; short lists, such as those of Fn::GetAtt, stay on one. */
function entryText(value: unknown, json: boolean, {margin, step}: {margin: string | undefined; step: string}): string {
  if (!json || margin === undefined) return flowText(value, json);
  const inLines = JSON.stringify(value, null, 2).replace(/\[\n[^[\]{}]{1,60}\n *\]/g, list =>
    list.replaceAll(/\n */g, ' ').replace('[ ', '[').replace(/ \]$/, ']'),
  );
  return inLines.replaceAll(/\n((?: {2})*)/g, (_, indent: string) => `\n${margin}${step.repeat(indent.length / 2)}`);
}

/** What stands before an entry on a line of its own; undefined when it shares the line. */
function marginOf(text: string, start: number): string | undefined {
  const before = text.slice(lineStart(text, start), start);
  return /^\s*$/.test(before) ? before : undefined;
}

function replaceValue(template: Template, path: Path, value: unknown): Template {
  const {text} = template;
  const range = template.rangeOf(path)!;
  const end = contentEnd(text, range);
  if (/(^|\s)#/m.test(text.slice(range.start, end))) throw notEditable(template, path, 'a comment stands in it');
  // A value in lines begins below its key; one on one line begins behind it.
  const between = range.keyStart === undefined ? '' : text.slice(range.keyStart, range.start);
  const colon = /:[ ]*\r?\n\s*$/.exec(between);
  const start = colon === null ? range.start : range.keyStart! + colon.index + 1;
  const space = text[start - 1] === ':' ? ' ' : '';
  return checked(template, path, text.slice(0, start) + space + flowText(value, isJson(text)) + text.slice(end), value);
}

function checked(template: Template, path: Path, text: string, value: unknown): Template {
  const edited = parseTemplate(text, template.file);
  if (!isDeepStrictEqual(edited.body, withValueAt(template.body, path, value)))
    throw notEditable(template, path, 'the edited text does not read as expected');
  return edited;
}

function isJson(text: string): boolean {
  return /^\s*\{/.test(text);
}

/** A value in lines runs to the next key; the line break before that key is not the value's. */
function contentEnd(text: string, {start, end}: TextRange): number {
  return start + text.slice(start, end).trimEnd().length;
}
