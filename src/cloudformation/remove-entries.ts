import {isDeepStrictEqual} from 'node:util';
import {GearError} from '../errors.ts';
import {parseTemplate, type Template} from './parse.ts';
import {indentOf, lineEnd, lineStart, readSection} from './section.ts';

/**
 * The template without some entries of a section: each goes with the comments that stand right above it and the blank
 * lines before them; every other byte is kept. A section that would be empty goes whole, as CloudFormation has no empty
 * ones. The result is read again: unless it is the old body without the entries, and nothing else, GearError
 * TEMPLATE_EDIT_FAILED is thrown.
 */
export function removeEntries(template: Template, name: string, names: readonly string[]): Template {
  const {text, file, body} = template;
  const {entries, indent} = readSection(template, name);
  const gone = entries.filter(entry => names.includes(entry.name));
  const failed = (why: string) =>
    new GearError(`${file}: ${name} cannot be edited: ${why}`, {code: 'TEMPLATE_EDIT_FAILED'});
  const missing = names.find(wanted => !gone.some(entry => entry.name === wanted));
  if (missing !== undefined) throw failed(`there is no ${missing}`);
  const whole = gone.length === entries.length;
  const spans = whole
    ? [{start: beginning(text, lineStart(text, template.rangeOf([name])!.keyStart!), 0), end: entries.at(-1)!.end}]
    : gone.map(({start, end}) => ({start: beginning(text, start, indent), end: ending(text, end, indent)}));
  let kept = text;
  for (const {start, end} of spans.toReversed()) kept = kept.slice(0, start) + kept.slice(end);
  const edited = parseTemplate(kept, file);
  const {[name]: section, ...others} = body;
  const left = Object.entries(section as object).filter(([key]) => !names.includes(key));
  const expected = whole ? others : {...body, [name]: Object.fromEntries(left)};
  if (!isDeepStrictEqual(edited.body, expected)) throw failed('the edited text does not read as expected');
  return edited;
}

/** Where the line before the entry's own comments, and the blank lines before those, ends. */
function beginning(text: string, start: number, indent: number): number {
  let at = start;
  let above = lineAbove(text, at);
  while (above?.line.trimStart().startsWith('#') && indentOf(above.line)! <= indent) {
    at = above.start;
    above = lineAbove(text, at);
  }
  while (above?.line.trim() === '') {
    at = above.start;
    above = lineAbove(text, at);
  }
  return above === undefined ? 0 : lineEnd(text, above.start);
}

/** A comment below the entry that is further in than its key is the entry's as well. */
function ending(text: string, end: number, indent: number): number {
  let at = end;
  for (;;) {
    const next = text.indexOf('\n', at) + 1;
    if (next === 0) return at;
    const line = text.slice(next, lineEnd(text, next));
    const column = indentOf(line);
    if (column === undefined || column <= indent || line[column] !== '#') return at;
    at = lineEnd(text, next);
  }
}

function lineAbove(text: string, start: number): {readonly line: string; readonly start: number} | undefined {
  if (start === 0) return undefined;
  const above = lineStart(text, start - 1);
  return {line: text.slice(above, lineEnd(text, above)), start: above};
}
