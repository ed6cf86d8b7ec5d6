/** What a file's change looks like, in lines: `+` and `-`, with some lines around each place. */
export function diff({
  path,
  before,
  after,
}: {
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
}): string {
  const old = linesOf(before);
  const now = linesOf(after);
  const edits = compare(old, now);
  const shown = edits.map((edit, index) => {
    const near = edits.slice(Math.max(0, index - around), index + around + 1);
    return edit.sign !== ' ' || near.some(({sign}) => sign !== ' ');
  });
  const lines = edits.flatMap(({sign, text, line}, index) => {
    if (!shown[index]) return [];
    const begins = index === 0 || !shown[index - 1];
    return [...(begins ? [`@@ line ${line} @@`] : []), `${sign}${text}`];
  });
  return [
    `--- ${before === undefined ? '/dev/null' : path}`,
    `+++ ${after === undefined ? '/dev/null' : path}`,
    ...lines,
    '',
  ].join('\n');
}

const around = 3;

interface Edit {
  readonly sign: ' ' | '+' | '-';
  readonly text: string;
  /** In the file of before. */
  readonly line: number;
}

function linesOf(text: string | undefined): readonly string[] {
  return text === undefined ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/);
}

/** What both have at the beginning and the end is the same; between, the longest common lines are. */
function compare(old: readonly string[], now: readonly string[]): readonly Edit[] {
  const shorter = Math.min(old.length, now.length);
  let head = 0;
  while (head < shorter && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < shorter - head && old.at(-1 - tail) === now.at(-1 - tail)) tail++;
  const same = (from: number, to: number) =>
    old.slice(from, to).map((text, index): Edit => ({sign: ' ', text, line: from + index + 1}));
  const middle = changes(old.slice(head, old.length - tail), now.slice(head, now.length - tail));
  return [
    ...same(0, head),
    ...middle.map(edit => ({...edit, line: edit.line + head})),
    ...same(old.length - tail, old.length),
  ];
}

/** In a changed place the old lines come first. */
function changes(old: readonly string[], now: readonly string[]): readonly Edit[] {
  const common = commonLengths(old, now);
  const edits: Edit[] = [];
  let [before, after] = [0, 0];
  while (before < old.length || after < now.length) {
    const line = before + 1;
    if (before < old.length && old[before] === now[after]) {
      edits.push({sign: ' ', text: old[before++]!, line});
      after++;
    } else if (
      after === now.length ||
      (before < old.length && common[before + 1]![after]! >= common[before]![after + 1]!)
    )
      edits.push({sign: '-', text: old[before++]!, line});
    else edits.push({sign: '+', text: now[after++]!, line});
  }
  return edits;
}

/** Of what follows line `i` of the one and line `j` of the other, how many lines both have. */
function commonLengths(old: readonly string[], now: readonly string[]): readonly Uint32Array[] {
  const lengths = Array.from({length: old.length + 1}, () => new Uint32Array(now.length + 1));
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--)
      lengths[i]![j] =
        old[i] === now[j] ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
  return lengths;
}
