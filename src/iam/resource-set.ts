import {arnSegments} from './match.ts';

/** All ARNs that match every pattern of `within` and none of `without`, of one term or another. */
export type ResourceSet = readonly Term[];

interface Term {
  readonly within: readonly string[];
  readonly without: readonly string[];
}

/** What a Resource pattern matches. */
export function resourcesLike(pattern: string): ResourceSet {
  return [{within: [pattern], without: []}];
}

/** What NotResource leaves. */
export function resourcesUnlike(patterns: readonly string[]): ResourceSet {
  return [{within: [], without: patterns}];
}

export function intersect(one: ResourceSet, other: ResourceSet): ResourceSet {
  return simplified(one.flatMap(a => other.map(b => both(a, b))));
}

/**
 * What is left of `from`. Exact, unless `taken` is so intricate that the terms would grow beyond all reason: then a
 * part of it is not taken away, which is the safe answer to what a role may do.
 */
export function subtract(from: ResourceSet, taken: ResourceSet): ResourceSet {
  return taken.reduce((left, {within, without}) => {
    // Not in a term: outside of one pattern that it asks for, or inside of one that it leaves out.
    const outside = [
      ...within.map(pattern => ({within: [], without: [pattern]})),
      ...without.map(pattern => ({within: [pattern], without: []})),
    ];
    return left.length * outside.length > mostTerms ? left : intersect(left, outside);
  }, from);
}

const mostTerms = 500;

function both(a: Term, b: Term): Term {
  return {
    within: [...new Set([...a.within, ...b.within])],
    without: [...new Set([...a.without, ...b.without])],
  };
}

/** Without terms that contradict themselves, and those that another contains: they are what makes a set grow. */
function simplified(terms: readonly Term[]): ResourceSet {
  return terms
    .filter(({within, without}) => !without.some(pattern => pattern === '*' || within.includes(pattern)))
    .reduce<readonly Term[]>((kept, term) => {
      if (kept.some(other => contains(other, term))) return kept;
      return [...kept.filter(other => !contains(term, other)), term];
    }, []);
}

function contains(outer: Term, inner: Term): boolean {
  return (
    outer.within.every(pattern => inner.within.includes(pattern)) &&
    outer.without.every(pattern => inner.without.includes(pattern))
  );
}

/** A set that is too intricate to tell counts as not empty. */
export function isEmpty(set: ResourceSet): boolean {
  return memberOf(set) === undefined;
}

/** One ARN of a set, undefined of an empty one; it has no name where the set is too intricate to give one. */
export function memberOf(set: ResourceSet): {readonly arn?: string} | undefined {
  for (const term of set) {
    const found = memberOfTerm(term);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** All patterns are walked together as automata, until a text is found that just those of `within` accept. */
function memberOfTerm({within, without}: Term): {readonly arn?: string} | undefined {
  const wanted = [...new Set(['*', ...within])].map(tokensOf);
  const unwanted = [...new Set(without)].map(tokensOf);
  const all = [...wanted, ...unwanted];
  const open: Walk[] = [{places: all.map(tokens => closure(tokens, [0])), text: ''}];
  const seen = new Set<string>();
  for (let walk = open.shift(); walk !== undefined; walk = open.shift()) {
    const {places, text} = walk;
    const accepted = places.map((positions, index) => positions.at(-1) === all[index]!.length);
    if (accepted.every((yes, index) => yes === index < wanted.length)) return {arn: text.replaceAll(separator, ':')};
    for (const symbol of symbolsAt(places, all)) {
      const next = places.map((positions, index) => step(all[index]!, positions, symbol));
      if (next.slice(0, wanted.length).some(positions => positions.length === 0)) continue;
      const key = next.map(positions => positions.join()).join('|');
      if (seen.has(key)) continue;
      if (seen.size >= mostStates) return {};
      seen.add(key);
      open.push({places: next, text: text + symbol});
    }
  }
  return undefined;
}

interface Walk {
  /** Where each pattern may stand after the text. */
  readonly places: readonly (readonly number[])[];
  readonly text: string;
}

const mostStates = 2_000;
/** The first five colons of an ARN, which no wildcard inside a segment matches. */
const separator = '\uFDD3';
/** Stands for every character that no pattern names. */
const anyOther = '\uFDD2';

/** A character, a separator, or one of these; the last three are those of patterns that have no segments. */
type Token = string;
const run = 'any run';
const one = 'any one';
const runAcross = 'any run, separators too';
const oneAcross = 'any one, a separator too';
const colonOrSeparator = 'a colon or a separator';

function tokensOf(pattern: string): readonly Token[] {
  const segments = arnSegments(pattern);
  if (segments !== undefined)
    return segments.flatMap((segment, index) => [
      ...(index === 0 ? [] : [separator]),
      ...[...segment].map(character => (character === '*' ? run : character === '?' ? one : character)),
    ]);
  // IAM refuses an ARN with too few segments; it matches nothing that has enough of them.
  if (pattern.startsWith('arn:')) return [...pattern];
  const across: Readonly<Record<string, Token>> = {'*': runAcross, '?': oneAcross, ':': colonOrSeparator};
  return [...pattern].map(character => across[character] ?? character);
}

function isRun(token: Token | undefined): boolean {
  return token === run || token === runAcross;
}

/** The positions that can be reached without reading: a run may be empty. */
function closure(tokens: readonly Token[], positions: readonly number[]): readonly number[] {
  const reached = new Set<number>();
  for (let position of positions) {
    reached.add(position);
    while (isRun(tokens[position])) reached.add(++position);
  }
  return [...reached].sort((a, b) => a - b);
}

/** Those after which the patterns stand in different places; every other character does what `anyOther` does. */
function symbolsAt(places: Walk['places'], all: readonly (readonly Token[])[]): ReadonlySet<string> {
  const next = places.flatMap((positions, index) => positions.map(position => all[index]![position] ?? run));
  return new Set([anyOther, separator, ':', ...next.filter(token => token.length === 1)]);
}

function step(tokens: readonly Token[], positions: readonly number[], symbol: string): readonly number[] {
  const isSeparator = symbol === separator;
  const next = positions.flatMap(position => {
    const token = tokens[position];
    if (token === runAcross || (token === run && !isSeparator)) return [position];
    const fits =
      token === symbol ||
      token === oneAcross ||
      (token === one && !isSeparator) ||
      (token === colonOrSeparator && (isSeparator || symbol === ':'));
    return fits ? [position + 1] : [];
  });
  return closure(tokens, next);
}
