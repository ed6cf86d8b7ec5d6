import {breakLine} from '../report/break-line.ts';

/** On a terminal with its lines broken between words; a command stays whole, so that it can be copied. */
export function fitted(text: string, {isTTY, columns}: Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>): string {
  // A terminal without a size has 0 columns.
  if (!isTTY || columns === 0) return text;
  return text
    .split('\n')
    .flatMap(line => (command.test(line) ? [line] : breakLine(line, columns)))
    .join('\n');
}

const command = /^ *(Try: )?(gear|aws) /;
