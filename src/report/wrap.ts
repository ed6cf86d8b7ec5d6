/** Words on lines no wider than `columns`, the later ones under the first word; one line where there is no width, which of a terminal can be 0. What breaks lines in a name is a space. */
export function wrap(first: string, text: string, columns: number | undefined): string {
  const words = text.replaceAll(/[\t\r\n]/g, ' ');
  if (!columns) return first + words;
  const lines = [first];
  let empty = true;
  for (const word of words.split(' ')) {
    const line = lines.at(-1)!;
    if (!empty && line.length + 1 + word.length > columns) {
      lines.push(' '.repeat(first.length) + word);
      continue;
    }
    lines[lines.length - 1] = empty ? line + word : `${line} ${word}`;
    empty = false;
  }
  return lines.join('\n');
}
