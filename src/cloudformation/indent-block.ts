import type {Section} from './section.ts';

/**
 * Lines that are indented by two, their lists too, as the author of a section would have indented them. Text after a
 * dash stays two columns behind it, as everybody writes it.
 */
export function indentBlock(lines: readonly string[], {indent, step, flushLists}: Section): readonly string[] {
  const open: Level[] = [];
  return lines.map((line, index) => {
    const column = line.search(/\S/);
    if (column < 0) return '';
    while (open.length > 0 && open.at(-1)!.from > column) open.pop();
    const parent = open.at(-1);
    const dash = isItem.test(line);
    // A comment stands where the line that it speaks of stands.
    const item = isItem.test(lines.slice(index).find(below => !/^ *#/.test(below)) ?? '');
    const to =
      parent === undefined ? indent : parent.from === column ? parent.to : parent.to + (item && flushLists ? 0 : step);
    if (parent?.from !== column) open.push({from: column, to});
    if (dash) open.push({from: column + 2, to: to + 2});
    return ' '.repeat(to) + line.slice(column);
  });
}

const isItem = /^ *- /;

interface Level {
  readonly from: number;
  readonly to: number;
}
