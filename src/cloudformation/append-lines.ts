import {isDeepStrictEqual} from 'node:util';
import {GearError} from '../errors.ts';
import {parseTemplate, type Template} from './parse.ts';
import {lineEnd, lineStart} from './section.ts';
import {valueAt, withValueAt} from './value-at.ts';

/**
 * The template with more lines at the end of a mapping or a list that is written in lines, every byte that was there
 * kept. The lines begin in column 0 and take the column of what they stand below. The result is read again: unless the
 * value is the old one and what the lines say, and nothing else changed, GearError TEMPLATE_EDIT_FAILED is thrown.
 */
export function appendLines(
  template: Template,
  path: readonly (string | number)[],
  lines: readonly string[],
): Template {
  const {text, file, body} = template;
  const failed = (why: string) =>
    new GearError(`${file}: ${path.join('.')} cannot be edited: ${why}`, {code: 'TEMPLATE_EDIT_FAILED'});
  const value = valueAt(body, path);
  const range = template.rangeOf(path);
  if (typeof value !== 'object' || value === null || range === undefined) throw failed('it is no mapping and no list');
  if (/^[[{!]/.test(text.slice(range.start))) throw failed('it is not written in lines');
  const column = ' '.repeat(range.start - lineStart(text, range.start));
  const at = lineEnd(text, range.start + text.slice(range.start, range.end).trimEnd().length);
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const inserted = lines.map(line => lineBreak + (line && column + line)).join('');
  const edited = parseTemplate(text.slice(0, at) + inserted + text.slice(at), file);
  const added = parseTemplate(['Added:', ...lines.map(line => line && `  ${line}`)].join('\n'), file).body.Added;
  const expected = Array.isArray(value) ? [...value, ...(added as unknown[])] : {...value, ...(added as object)};
  if (!isDeepStrictEqual(edited.body, withValueAt(body, path, expected)))
    throw failed('the edited text does not read as expected');
  return edited;
}
