import type {Ignore} from '../../model/ignore.ts';
import {ignoreComments, withoutComment} from '../template/ignore-comments.ts';

/**
 * The comments of serverless.yml and of the files that it includes. The resources have no text of their own there, so a
 * comment is about what is written at its line and below it, and about what the framework makes of that.
 */
export function readIgnoreComments(text: string, file: string): readonly Ignore[] {
  if (!text.includes('gear-ignore')) return [];
  return ignoreComments({text, file}, (line, reading) => {
    const {lines} = reading;
    const written = withoutComment(line, reading).trim();
    const around = linesAround(line, lines);
    const names = [...around.map(outer => keyOf(lines[outer - 1]!)), keyOf(lines[line - 1] ?? '')];
    const resource = names.find(name => name !== undefined && !sections.has(name)) ?? '';
    if (written === '' || resource === '') return {resource: '', problem: 'it stands at no function and no setting'};
    return {resource, place: {line, to: lastLine(line, lines), text: written, within: [...around, line]}};
  });
}

/** What is written there is about many things; nobody means all of them. */
const sections = new Set(['functions', 'resources', 'Resources', 'extensions', 'custom']);

function keyOf(line: string): string | undefined {
  return /^\s*(?:-\s+)*["']?([^\s"'{[:]+)["']?\s*:/.exec(line)?.[1];
}

/** The lines on which begins what a line is part of, the outermost first. */
function linesAround(line: number, lines: readonly string[]): readonly number[] {
  const around: number[] = [];
  let inner = depthOf(lines[line - 1] ?? '');
  for (let above = line - 1; above > 0 && inner > 0; above--) {
    const depth = depthOf(lines[above - 1]!);
    if (depth >= inner) continue;
    around.unshift(above);
    inner = depth;
  }
  return around;
}

/** Of what begins at a line. The entries of a list may stand as far left as the key above them. */
function lastLine(line: number, lines: readonly string[]): number {
  const own = depthOf(lines[line - 1]!);
  const below = lines.slice(line).findIndex(text => depthOf(text) <= own);
  return below < 0 ? lines.length : line + below;
}

/** Twice the indent, and one more for a dash: an entry belongs to the key that it stands below. */
function depthOf(line: string): number {
  const indent = line.search(/\S/);
  if (indent < 0 || line[indent] === '#') return Number.POSITIVE_INFINITY;
  return 2 * indent + (/^-(\s|$)/.test(line.slice(indent)) ? 1 : 0);
}
