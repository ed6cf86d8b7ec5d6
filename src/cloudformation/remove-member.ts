import {isDeepStrictEqual} from 'node:util';
import {notEditable} from './not-editable.ts';
import {parseTemplate, type Template} from './parse.ts';
import {lineEnd, lineStart} from './section.ts';
import {type Path, valueAt, withValueAt} from './value-at.ts';

/**
 * The template without the lines of a member of its resources, and without what would be empty then; every other byte
 * is kept. It takes back what `appendLines` did.
 */
export function removeMember(template: Template, path: Path): Template {
  const parent = path.slice(0, -1);
  const members = Object.keys(valueAt(template.body, parent) as object);
  if (members.length === 1 && parent.length > 2) return removeMember(template, parent);
  const {text, file} = template;
  const {start, end, keyStart} = template.rangeOf(path)!;
  const from = lineStart(text, keyStart ?? start);
  const alone = keyStart === undefined ? /^ *- *$/ : /^ *$/;
  if (!alone.test(text.slice(from, keyStart ?? start))) throw notEditable(template, path, 'it is not written in lines');
  const to = lineEnd(text, start + text.slice(start, end).trimEnd().length);
  const before = lineEnd(text, lineStart(text, from - 1));
  const edited = parseTemplate(text.slice(0, before) + text.slice(to), file);
  if (!isDeepStrictEqual(edited.body, withValueAt(template.body, path, undefined)))
    throw notEditable(template, path, 'the edited text does not read as expected');
  return edited;
}
