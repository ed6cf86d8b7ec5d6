import {isDeepStrictEqual} from 'node:util';
import {GearError} from '../errors.ts';
import {indentBlock} from './indent-block.ts';
import {parseTemplate, type Template} from './parse.ts';
import {indentOf, lineEnd, lineStart, readSection, type Section} from './section.ts';

/**
 * The template with more entries at the end of a section, every byte that was there kept. The entries are given as
 * lines that begin in column 0 and are indented by two; they take the section's own style. The result is read again:
 * unless it is the old body and the new entries, and nothing else, GearError TEMPLATE_EDIT_FAILED is thrown.
 */
export function insertEntries(template: Template, name: string, lines: readonly string[]): Template {
  const section = readSection(template, name);
  const {text, file, body} = template;
  const entries = parseTemplate(lines.join('\n'), file).body;
  const kept = section.separated ? lines : lines.filter(line => line !== '');
  const at = endOf(section, text);
  // A comment right above an entry would be taken for its own.
  const apart = section.separated || text.slice(lineStart(text, at), at).trimStart().startsWith('#');
  const block = [...(apart ? [''] : []), ...indentBlock(kept, section)];
  const inserted = block.map(line => section.lineBreak + line).join('');
  const edited = parseTemplate(text.slice(0, at) + inserted + text.slice(at), file);
  const expected = {...body, [name]: {...(body[name] as object), ...entries}};
  if (!isDeepStrictEqual(edited.body, expected))
    throw new GearError(`${file}: ${name} cannot be edited: the edited text does not read as expected`, {
      code: 'TEMPLATE_EDIT_FAILED',
    });
  return edited;
}

/** Behind the last entry and the indented comments below it, which speak of it or of the section. */
function endOf({entries}: Section, text: string): number {
  let end = entries.at(-1)!.end;
  for (let at = end; at < text.length; ) {
    const next = text.indexOf('\n', at) + 1;
    if (next === 0) break;
    at = lineEnd(text, next);
    const line = text.slice(next, at);
    const indent = indentOf(line);
    if (indent === undefined) continue;
    if (indent === 0 || line[indent] !== '#') break;
    end = at;
  }
  return end;
}
