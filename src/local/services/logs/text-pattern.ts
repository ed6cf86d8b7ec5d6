import {notImplemented} from '../../service-error.ts';
import type {FilterPattern} from './filter-pattern.ts';
import {invalidPattern} from './invalid-pattern.ts';

/**
 * Terms for unstructured text: `ERROR timeout` (both), `"Task timed out"`, `?ERROR ?WARN` (either), `-DEBUG` (not).
 * Optional terms next to required or excluded ones count for nothing, as on AWS.
 */
export function parseTextPattern(pattern: string): FilterPattern {
  const terms = [...termsOf(pattern)];
  const required = terms.filter(({sign}) => sign === '').map(({text}) => text);
  const excluded = terms.filter(({sign}) => sign === '-').map(({text}) => text);
  const optional = terms.filter(({sign}) => sign === '?').map(({text}) => text);
  const onlyOptional = required.length === 0 && excluded.length === 0 && optional.length > 0;
  return {
    matches: ({text}) =>
      onlyOptional
        ? optional.some(term => text.includes(term))
        : required.every(term => text.includes(term)) && !excluded.some(term => text.includes(term)),
    extract: () => ({}),
  };
}

interface Term {
  readonly sign: '' | '-' | '?';
  readonly text: string;
}

const termPattern = /\s*(?<sign>[-?]?)(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<word>[^\s"]+))(?=\s|$)/y;

function* termsOf(pattern: string): Generator<Term> {
  termPattern.lastIndex = 0;
  while (termPattern.lastIndex < pattern.length) {
    const start = termPattern.lastIndex;
    const groups = termPattern.exec(pattern)?.groups;
    if (groups === undefined) throw invalidPattern(pattern.slice(start).trim());
    const {sign, quoted, word} = groups;
    if (word?.startsWith('%')) throw notImplemented('regular expressions in CloudWatch Logs filter patterns');
    // What is neither a letter, a digit nor an underscore has to stand in quotes.
    if (word !== undefined && /[^\p{L}\p{N}_]/u.test(word)) throw invalidPattern(`${word} has to be quoted`);
    yield {sign: sign as Term['sign'], text: word ?? quoted!.replaceAll(/\\(.)/g, '$1')};
  }
}
