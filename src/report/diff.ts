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

/** One side of the change only ever has lines more than the other, so a line that does not match is one of them. */
function compare(old: readonly string[], now: readonly string[]): readonly Edit[] {
  const edits: Edit[] = [];
  const adds = now.length >= old.length;
  let [before, after] = [0, 0];
  while (before < old.length || after < now.length) {
    const line = before + 1;
    if (before < old.length && old[before] === now[after]) {
      edits.push({sign: ' ', text: old[before++]!, line});
      after++;
    } else if (adds && after < now.length) edits.push({sign: '+', text: now[after++]!, line});
    else if (before < old.length) edits.push({sign: '-', text: old[before++]!, line});
    else edits.push({sign: '+', text: now[after++]!, line});
  }
  return edits;
}
