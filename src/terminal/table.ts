import {stripVTControlCharacters} from 'node:util';

/** Columns as wide as their widest cell, two spaces between them, nothing after the last one. */
export function table(rows: readonly (readonly string[])[], indent = ''): string {
  const widths: number[] = [];
  for (const row of rows)
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, width(cell));
  return rows
    .map(row => (indent + row.map((cell, column) => pad(cell, widths[column] ?? 0)).join('  ')).trimEnd())
    .join('\n');
}

function pad(cell: string, to: number): string {
  return cell + ' '.repeat(to - width(cell));
}

function width(cell: string): number {
  return stripVTControlCharacters(cell).length;
}
