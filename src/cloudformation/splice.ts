import {isDeepStrictEqual} from 'node:util';
import {stringify} from 'yaml';
import {GearError} from '../errors.ts';
import {parseTemplate, type Template} from './parse.ts';
import {withValueAt} from './value-at.ts';

/** A value to put at a path that exists. */
interface Splice {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

/**
 * The template with other values at some paths, every other byte kept. The value is written as flow text (JSON), which
 * is at home in YAML and JSON alike and needs no indentation. The result is read again: when anything but the given
 * paths changed, nothing is returned and GearError TEMPLATE_EDIT_FAILED is thrown.
 */
export function spliceTemplate(template: Template, splices: readonly Splice[]): Template {
  const edits = splices
    .map(splice => {
      const range = template.rangeOf(splice.path);
      if (range === undefined) throw failed(template, splice, 'there is no such place');
      return {splice, start: range.start, end: trimmedEnd(template.text, range.start, range.end)};
    })
    .sort((a, b) => b.start - a.start);
  let text = template.text;
  for (const [index, {splice, start, end}] of edits.entries()) {
    if (index > 0 && end > edits[index - 1]!.start) throw failed(template, splice, 'it overlaps another edit');
    // Where there was no value, the key's colon needs its space.
    const space = start === end && text[start - 1] === ':' ? ' ' : '';
    text = text.slice(0, start) + space + flow(splice.value) + text.slice(end);
  }
  const edited = parseTemplate(text, template.file);
  const expected = splices.reduce<unknown>((body, {path, value}) => withValueAt(body, path, value), template.body);
  const [first] = splices;
  if (first !== undefined && !isDeepStrictEqual(edited.body, expected))
    throw failed(template, first, 'the edited text does not read as expected');
  return edited;
}

function flow(value: unknown): string {
  return typeof value === 'string'
    ? stringify(value, {defaultStringType: 'QUOTE_DOUBLE', lineWidth: 0}).trimEnd()
    : JSON.stringify(value);
}

/** A block value's range runs to the next key; the line break before that key is not the value's. */
function trimmedEnd(text: string, start: number, end: number): number {
  return start + text.slice(start, end).trimEnd().length;
}

function failed(template: Template, {path}: Splice, why: string): GearError {
  return new GearError(`${template.file}: ${path.join('.')} cannot be edited: ${why}`, {code: 'TEMPLATE_EDIT_FAILED'});
}
