import {stripVTControlCharacters} from 'node:util';

/**
 * Lines no wider than a terminal, broken between words, with what goes on two columns further in; one line where there
 * is no width. Colour counts as nothing, and a word that is wider stays whole.
 */
export function breakLine(line: string, columns: number | undefined): readonly string[] {
  if (columns === undefined || stripVTControlCharacters(line).length <= columns) return [line];
  const indent = /^ */.exec(line)![0];
  const lines: string[] = [indent];
  for (const word of line.slice(indent.length).split(' ')) {
    const last = lines.at(-1)!;
    const shown = stripVTControlCharacters(`${last} ${word}`).length;
    if (last.trim() === '') lines[lines.length - 1] = last + word;
    else if (shown > columns) lines.push(`${indent}  ${word}`);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
