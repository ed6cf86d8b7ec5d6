import type {Finding} from '../../model/finding.ts';

/**
 * The lines on which the values stand that offend: a finding's origin is where a statement or a resource begins, and
 * the value is further down. Nothing when no line says it literally, as after an intrinsic.
 */
export function excerpt(lines: readonly string[], findings: readonly Finding[]): readonly string[] {
  const {origin} = findings[0]!;
  if (!('line' in origin)) return [];
  const values = [...new Set(findings.flatMap(({evidence}) => Object.values(evidence)))].filter(
    value => typeof value === 'string' || typeof value === 'number',
  );
  const patterns = values.map(value => new RegExp(`(^|[\\s'"[,:])${escaped(String(value))}($|[\\s'",\\]}])`));
  const shown = blockAt(lines, origin.line, origin.column)
    .filter(({text}) => text.length <= longest && patterns.some(pattern => pattern.test(text)))
    .slice(0, most);
  const width = String(shown.at(-1)?.line ?? '').length;
  const margin = Math.min(...shown.map(({text}) => text.search(/\S/)));
  return shown.map(({line, text}) => `${String(line).padStart(width)} | ${text.slice(margin).trimEnd()}`);
}

/** A template that is one line as a whole shows nothing. */
const longest = 160;
const most = 6;

/** The line itself, and those below it that belong to it: deeper than a key, as deep as an entry behind its dash. */
function blockAt(lines: readonly string[], line: number, column: number): {line: number; text: string}[] {
  const below = lines.slice(line);
  const isKey = lines[line - 1]?.search(/\S/) === column - 1;
  const end = below.findIndex(text => text.trim() !== '' && text.search(/\S/) < (isKey ? column : column - 1));
  return lines
    .slice(line - 1, end < 0 ? undefined : line + end)
    .map((text, index) => ({line: line + index, text}))
    .filter(({text}) => text.trim() !== '' && !text.trimStart().startsWith('#'));
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
