import {matchesGlob} from './glob.ts';

/**
 * Whether every text that `narrow` matches is matched by `wide` too. Exact: both patterns are walked together as
 * automata. Patterns built to explode that walk get "no", which is the safe answer.
 */
export function covers(wide: string, narrow: string): boolean {
  if (wide === narrow || wide === '*') return true;
  const alphabet = [...new Set([...wide, ...narrow].filter(character => !isWildcard(character))), anyOther];
  const start = {narrow: closure(narrow, [0]), wide: closure(wide, [0])};
  const seen = new Set<string>();
  const open = [start];
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const key = `${pair.narrow.join()}|${pair.wide.join()}`;
    if (seen.has(key)) continue;
    seen.add(key);
    if (seen.size > mostPairs) return false;
    if (pair.narrow.includes(narrow.length) && !pair.wide.includes(wide.length)) return false;
    for (const character of alphabet) {
      const next = step(narrow, pair.narrow, character);
      if (next.length > 0) open.push({narrow: next, wide: step(wide, pair.wide, character)});
    }
  }
  return true;
}

/** Whether some text is matched by both patterns. */
export function overlaps(one: string, other: string): boolean {
  if (one === other || one === '*' || other === '*') return true;
  if (!/[*?]/.test(one)) return matchesGlob(other, one);
  if (!/[*?]/.test(other)) return matchesGlob(one, other);
  // reachable[j]: the first i characters of `one` and the first j of `other` can stand for the same text.
  let reachable: boolean[] = [true];
  for (let j = 1; j <= other.length; j++) reachable[j] = reachable[j - 1]! && other[j - 1] === '*';
  for (let i = 1; i <= one.length; i++) {
    const a = one[i - 1]!;
    const next: boolean[] = [reachable[0]! && a === '*'];
    for (let j = 1; j <= other.length; j++) {
      const b = other[j - 1]!;
      const both = reachable[j - 1]! && (a === b || isWildcard(a) || isWildcard(b));
      next[j] =
        both || (a === '*' && (reachable[j]! || next[j - 1]!)) || (b === '*' && (next[j - 1]! || reachable[j]!));
    }
    reachable = next;
  }
  return reachable[other.length]!;
}

const mostPairs = 20_000;
/** Stands for every character that neither pattern names. */
const anyOther = '\uFDD2';

function isWildcard(character: string): boolean {
  return character === '*' || character === '?';
}

/** The positions that can be reached without reading: a star may stand for nothing. */
function closure(pattern: string, positions: readonly number[]): readonly number[] {
  const result = new Set<number>();
  for (let position of positions) {
    result.add(position);
    while (pattern[position] === '*') result.add(++position);
  }
  return [...result].sort((a, b) => a - b);
}

function step(pattern: string, positions: readonly number[], character: string): readonly number[] {
  const next: number[] = [];
  for (const position of positions) {
    const expected = pattern[position];
    if (expected === '*') next.push(position);
    else if (expected === '?' || expected === character) next.push(position + 1);
  }
  return closure(pattern, next);
}
