import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {coversResource, matchesResource, overlapsResource} from '../../src/iam/match.ts';
import {
  intersect,
  isEmpty,
  memberOf,
  type ResourceSet,
  resourcesLike,
  resourcesUnlike,
  subtract,
} from '../../src/iam/resource-set.ts';

/** One set after the other is what is in any of them. */
const union = (...sets: readonly ResourceSet[]): ResourceSet => sets.flat();

/** Small enough to look at every ARN, and large enough for wildcards to matter in and across segments. */
const universe = ['', 'a', 'ab'].flatMap(service =>
  ['a', 'b'].flatMap(account =>
    ['', 'a', 'b', 'c', 'aa', 'ab', 'a:', ':a', 'aba', 'a:b'].map(name => `arn:x:${service}::${account}:${name}`),
  ),
);

const text = (characters: string[], most: number) =>
  fc.array(fc.constantFrom(...characters), {maxLength: most}).map(all => all.join(''));
const pattern = fc.oneof(
  {weight: 1, arbitrary: fc.constantFrom('*', 'arn:*', 'arn:x:a*', '*a', 'arn:x', 'b')},
  {
    weight: 5,
    arbitrary: fc
      .tuple(text(['a', 'b', '*', '?'], 2), fc.constantFrom('a', 'b', '*', '?'), text(['a', 'b', '*', '?', ':'], 3))
      .map(([service, account, name]) => `arn:x:${service}::${account}:${name}`),
  },
);
const set = fc
  .array(fc.oneof(pattern.map(resourcesLike), fc.array(pattern, {minLength: 1, maxLength: 2}).map(resourcesUnlike)), {
    maxLength: 2,
  })
  .map(sets => union(...sets));

/** What a set is, without any of the code that reckons with it. */
function has(terms: ResourceSet, arn: string): boolean {
  const matches = (one: string) => matchesResource(one, arn);
  return terms.some(({within, without}) => within.every(matches) && !without.some(matches));
}

function members(terms: ResourceSet): readonly string[] {
  return universe.filter(arn => has(terms, arn));
}

function holds<T extends unknown[]>(law: (...sets: T) => void, ...of: {[K in keyof T]: fc.Arbitrary<T[K]>}): void {
  const property = fc.property(fc.tuple(...of), sets => law(...(sets as unknown as T)));
  fc.assert(property, {numRuns: 100, seed: 1});
}

describe('sets of resources', () => {
  test('have a member unless they are empty, and it is one', () =>
    holds(terms => {
      const found = memberOf(terms);
      if (found === undefined) expect(members(terms)).toEqual([]);
      else expect(has(terms, found.arn!)).toBe(true);
    }, set));

  test('unite, intersect and subtract as their members do', () =>
    holds(
      (a, b) => {
        expect(members(union(a, b))).toEqual(universe.filter(arn => has(a, arn) || has(b, arn)));
        expect(members(intersect(a, b))).toEqual(universe.filter(arn => has(a, arn) && has(b, arn)));
        expect(members(subtract(a, b))).toEqual(universe.filter(arn => has(a, arn) && !has(b, arn)));
      },
      set,
      set,
    ));

  test('leave nothing of themselves', () =>
    holds(a => {
      expect(isEmpty(subtract(a, a))).toBe(true);
    }, set));

  test('are what they were, less nothing and with themselves', () =>
    holds(a => {
      expect(subtract(a, [])).toEqual(a);
      expect(same(union(a, a), a)).toBe(true);
      expect(same(intersect(a, a), a)).toBe(true);
    }, set));

  test('do not mind the order', () =>
    holds(
      (a, b) => {
        expect(same(union(a, b), union(b, a))).toBe(true);
        expect(same(intersect(a, b), intersect(b, a))).toBe(true);
      },
      set,
      set,
    ));

  test('lose two at once as one after the other, and what they share as what is left of what is left', () =>
    holds(
      (a, b, c) => {
        expect(same(subtract(a, union(b, c)), subtract(subtract(a, b), c))).toBe(true);
        expect(same(intersect(a, b), subtract(a, subtract(a, b)))).toBe(true);
      },
      pattern.map(resourcesLike),
      set,
      pattern.map(resourcesLike),
    ));

  test('agree with one pattern that covers or overlaps another', () =>
    holds(
      (a, b) => {
        expect(coversResource(a, b)).toBe(isEmpty(subtract(resourcesLike(b), resourcesLike(a))));
        expect(overlapsResource(a, b)).toBe(!isEmpty(intersect(resourcesLike(a), resourcesLike(b))));
      },
      arn(),
      arn(),
    ));

  test('see that several patterns together cover one that none of them covers', () => {
    const all = resourcesLike('arn:aws:sqs:*:*:*');
    const two = union(resourcesLike('arn:aws:sqs:*:*:a*'), resourcesUnlike(['arn:aws:sqs:*:*:a?*', 'arn:*:*:*:*:']));
    expect(isEmpty(subtract(all, two))).toBe(false);
    expect(memberOf(subtract(all, two))).toEqual({arn: 'arn:aws:sqs:::'});
    expect(isEmpty(subtract(all, union(two, resourcesLike('arn:aws:sqs:*:*:'))))).toBe(true);
  });

  test('take what is too intricate for not empty', () => {
    const intricate = intersect(
      resourcesLike(`arn:aws:s3:::${'*a'.repeat(30)}`),
      resourcesUnlike([`arn:aws:s3:::${'?*b?'.repeat(20)}`, `arn:aws:s3:::*${'a?'.repeat(25)}`, 'arn:aws:s3:::*']),
    );
    expect(memberOf(intricate)).toEqual({});
  });
});

function arn() {
  return pattern.filter(one => one.startsWith('arn:x:'));
}

function same(a: ResourceSet, b: ResourceSet): boolean {
  return isEmpty(subtract(a, b)) && isEmpty(subtract(b, a));
}
