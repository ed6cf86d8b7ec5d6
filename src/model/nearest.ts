/** The word that was probably meant: few letters away; undefined when none is. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const allowed = Math.max(1, Math.floor(word.length / 3));
  const ranked = known
    .map(candidate => ({candidate, away: distance(word, candidate)}))
    .filter(({away}) => away <= allowed)
    .sort((a, b) => a.away - b.away);
  return ranked[0]?.candidate;
}

/** Insertions, deletions, replacements and swaps of neighbours, each counted as one. */
function distance(from: string, to: string): number {
  const rows = Array.from({length: from.length + 1}, (_, i) => [i, ...Array<number>(to.length).fill(0)]);
  for (let j = 0; j <= to.length; j++) rows[0]![j] = j;
  for (let i = 1; i <= from.length; i++)
    for (let j = 1; j <= to.length; j++) {
      const replaced = rows[i - 1]![j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1);
      const swapped =
        i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1] ? rows[i - 2]![j - 2]! + 1 : replaced;
      rows[i]![j] = Math.min(rows[i - 1]![j]! + 1, rows[i]![j - 1]! + 1, replaced, swapped);
    }
  return rows[from.length]![to.length]!;
}
