/** Line and column, both from 1, of an offset in a text. */
export function lineCounter(text: string): (offset: number) => {readonly line: number; readonly column: number} {
  const starts: number[] = [];
  for (let start = 0; start >= 0; start = text.indexOf('\n', start) + 1 || -1) starts.push(start);
  return offset => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return {line: low + 1, column: offset - starts[low]! + 1};
  };
}
