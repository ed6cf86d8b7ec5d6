import fc from 'fast-check';
import {expect, test} from 'vitest';
import {covers, overlaps} from '../../src/iam/covers.ts';
import {literal, matchesGlob} from '../../src/iam/glob.ts';

/** Small alphabets make patterns and texts meet. */
const pattern = fc.string({unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 6});
const text = fc.string({unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6});

test('agrees with a regular expression on every pattern', () => {
  fc.assert(
    fc.property(pattern, text, (p, t) => matchesGlob(p, t) === asRegExp(p).test(t)),
    {numRuns: 3000},
  );
});

test('stays fast on patterns that make a backtracking matcher explode', () => {
  const start = performance.now();
  expect(matchesGlob(`${'a*'.repeat(200)}b`, 'a'.repeat(5000))).toBe(false);
  expect(performance.now() - start).toBeLessThan(500);
});

test('matches only itself once it is made literal', () => {
  fc.assert(fc.property(pattern, pattern, (p, t) => matchesGlob(literal(p), t) === (p === t)));
});

test('a pattern covers itself', () => {
  fc.assert(fc.property(pattern, p => covers(p, p)));
});

test('covers exactly the patterns whose every text it matches', () => {
  const texts = allTexts('abc', 5);
  fc.assert(
    fc.property(short(), short(), (wide, narrow) => {
      const byTexts = texts.every(one => !matchesGlob(narrow, one) || matchesGlob(wide, one));
      return covers(wide, narrow) === byTexts;
    }),
    {numRuns: 500},
  );
});

test('overlaps exactly the patterns that share a text', () => {
  const texts = allTexts('abc', 6);
  fc.assert(
    fc.property(short(), short(), (one, other) => {
      const shared = texts.some(each => matchesGlob(one, each) && matchesGlob(other, each));
      return overlaps(one, other) === shared;
    }),
    {numRuns: 500},
  );
});

test('says no to a pair that is built to explode, and says it soon', () => {
  const start = performance.now();
  // The first does cover the second, but to know it takes more than a million steps.
  expect(covers(`*a${'?'.repeat(24)}`, `*b*a${'?'.repeat(24)}`)).toBe(false);
  expect(performance.now() - start).toBeLessThan(2000);
});

/** At most three characters, so that texts of six tell everything there is to tell about a pair. */
function short() {
  return fc.string({unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 3});
}

function asRegExp(glob: string): RegExp {
  return new RegExp(`^${glob.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');
}

function allTexts(alphabet: string, longest: number): string[] {
  const texts = [''];
  let previous = [''];
  for (let length = 1; length <= longest; length++) {
    previous = previous.flatMap(start => [...alphabet].map(character => start + character));
    texts.push(...previous);
  }
  return texts;
}
