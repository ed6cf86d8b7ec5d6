import {isDeepStrictEqual} from 'node:util';
import {indentBlock} from './indent-block.ts';
import {notEditable} from './not-editable.ts';
import {parseTemplate, type Template} from './parse.ts';
import {lineEnd, lineStart, readSection} from './section.ts';
import {type Path, valueAt, withValueAt} from './value-at.ts';

/**
 * The template with more lines at the end of a mapping or a list that is written in lines, every byte that was there
 * kept. The lines begin in column 0 and are indented by two, as for `insertEntries`; they take the column of what they
 * stand below, and the style of their section. The result is read again: unless the value is the old one and what the
 * lines say, and nothing else changed, GearError TEMPLATE_NOT_EDITABLE is thrown.
 */
export function appendLines(template: Template, path: Path, lines: readonly string[]): Template {
  const {text, file, body} = template;
  const value = valueAt(body, path);
  const range = template.rangeOf(path);
  if (typeof value !== 'object' || value === null || range === undefined)
    throw notEditable(template, path, 'it is no mapping and no list');
  const [name] = Object.keys(value);
  const first = Array.isArray(value) || name === undefined ? range.start : template.rangeOf([...path, name])?.keyStart;
  const before = text.slice(lineStart(text, first ?? 0), first);
  // A mapping may begin behind the dash of a list.
  const alone = Array.isArray(value) ? /^ *$/ : /^ *(- +)*$/;
  if (first === undefined || !alone.test(before) || (Array.isArray(value) && text[first] !== '-'))
    throw notEditable(template, path, 'it is not written in lines');
  const section = readSection(template, String(path[0]));
  const at = lineEnd(text, range.start + text.slice(range.start, range.end).trimEnd().length);
  const inserted = indentBlock(lines, {...section, indent: before.length}).map(line => section.lineBreak + line);
  const edited = parseTemplate(text.slice(0, at) + inserted.join('') + text.slice(at), file);
  const {Added} = parseTemplate(['Added:', ...lines.map(line => line && `  ${line}`)].join('\n'), file).body;
  const expected = Array.isArray(value) ? [...value, ...(Added as unknown[])] : {...value, ...(Added as object)};
  if (!isDeepStrictEqual(edited.body, withValueAt(body, path, expected)))
    throw notEditable(template, path, 'the edited text does not read as expected');
  return edited;
}
