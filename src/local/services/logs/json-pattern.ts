import {notImplemented} from '../../service-error.ts';
import type {FilterPattern} from './filter-pattern.ts';
import {invalidPattern} from './invalid-pattern.ts';
import {parseSelector, type Selector} from './selector.ts';

/**
 * `{ $.level = "ERROR" && ($.latency >= 500 || $.tags[0] = slow*) }`: comparisons of properties with numbers and
 * strings (`*` stands for anything), `IS NULL`, `IS TRUE`, `IS FALSE`, `EXISTS`, `NOT EXISTS`. `&&` binds before `||`.
 */
export function parseJsonPattern(pattern: string): FilterPattern {
  const tokens = tokensOf(pattern);
  if (tokens.shift() !== '{' || tokens.pop() !== '}') throw invalidPattern(pattern);
  const selectors = new Map<string, Selector>();
  const condition = parseOr(tokens, selectors);
  if (tokens.length > 0) throw invalidPattern(`unexpected ${tokens[0]}`);
  return {
    matches(event) {
      const json = event.json();
      return json !== undefined && condition(json);
    },
    extract(event) {
      const json = event.json() ?? {};
      const found = [...selectors].map(([text, select]) => [text, select(json)] as const);
      return Object.fromEntries(
        found
          .filter(([, value]) => value !== undefined)
          .map(([text, value]) => [text, typeof value === 'string' ? value : JSON.stringify(value)]),
      );
    },
  };
}

type Condition = (json: object) => boolean;

const tokenPattern =
  /\s*(\$(?:\.[\w@:/-]+|\[['"][^'"\]]+['"]\]|\.\[['"][^'"\]]+['"]\]|\[\d+\])+|"(?:[^"\\]|\\.)*"|&&|\|\||!=|<=|>=|[{}()=<>]|%[^%]*%|[^\s{}()=<>!&|"]+)\s*/y;

function tokensOf(pattern: string): string[] {
  const tokens: string[] = [];
  tokenPattern.lastIndex = 0;
  let end = 0;
  while (end < pattern.length) {
    const match = tokenPattern.exec(pattern);
    if (match === null) throw invalidPattern(`unexpected ${pattern.slice(end)}`);
    tokens.push(match[1]!);
    end = tokenPattern.lastIndex;
  }
  return tokens;
}

function parseOr(tokens: string[], selectors: Map<string, Selector>): Condition {
  const choices = [parseAnd(tokens, selectors)];
  while (tokens[0] === '||') {
    tokens.shift();
    choices.push(parseAnd(tokens, selectors));
  }
  return json => choices.some(choice => choice(json));
}

function parseAnd(tokens: string[], selectors: Map<string, Selector>): Condition {
  const parts = [parsePrimary(tokens, selectors)];
  while (tokens[0] === '&&') {
    tokens.shift();
    parts.push(parsePrimary(tokens, selectors));
  }
  return json => parts.every(part => part(json));
}

function parsePrimary(tokens: string[], selectors: Map<string, Selector>): Condition {
  const first = tokens.shift();
  if (first === '(') {
    const inner = parseOr(tokens, selectors);
    if (tokens.shift() !== ')') throw invalidPattern('a parenthesis is not closed');
    return inner;
  }
  if (first === undefined || !first.startsWith('$')) throw invalidPattern(`${first ?? 'its end'} is not a property`);
  const select = parseSelector(first);
  selectors.set(first, select);
  return parseComparison(select, tokens);
}

function parseComparison(select: Selector, tokens: string[]): Condition {
  const operator = tokens.shift()?.toUpperCase();
  switch (operator) {
    case 'EXISTS':
      return json => select(json) !== undefined;
    case 'NOT':
      if (tokens.shift()?.toUpperCase() !== 'EXISTS') throw invalidPattern('NOT is followed by EXISTS');
      return json => select(json) === undefined;
    case 'IS': {
      const literal = tokens.shift()?.toUpperCase() ?? '';
      const expected = ({TRUE: true, FALSE: false, NULL: null} as const)[literal];
      if (expected === undefined) throw invalidPattern(`IS is followed by TRUE, FALSE or NULL, not ${literal}`);
      return json => select(json) === expected;
    }
    case '=':
    case '!=': {
      const equals = equality(tokens.shift());
      // A property that is not there is neither equal nor unequal.
      return json => {
        const value = select(json);
        return isScalar(value) && equals(value) === (operator === '=');
      };
    }
    case '<':
    case '<=':
    case '>':
    case '>=': {
      const bound = Number(tokens.shift());
      if (Number.isNaN(bound)) throw invalidPattern(`${operator} is followed by a number`);
      const compare = comparisons[operator];
      return json => {
        const value = select(json);
        return typeof value === 'number' && compare(value, bound);
      };
    }
    default:
      throw invalidPattern(`${operator ?? 'its end'} is not an operator`);
  }
}

const comparisons = {
  '<': (left: number, right: number) => left < right,
  '<=': (left: number, right: number) => left <= right,
  '>': (left: number, right: number) => left > right,
  '>=': (left: number, right: number) => left >= right,
};

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function equality(token: string | undefined): (value: string | number | boolean) => boolean {
  if (token === undefined || /^[{}()=<>]$/.test(token)) throw invalidPattern('a comparison has no value');
  if (token.startsWith('%')) throw notImplemented('regular expressions in CloudWatch Logs filter patterns');
  const quoted = token.startsWith('"');
  const text = quoted ? token.slice(1, -1).replaceAll(/\\(.)/g, '$1') : token;
  const number = quoted || text === '' ? Number.NaN : Number(text);
  const wildcard = new RegExp(`^${text.split('*').map(escapeRegExp).join('.*')}$`, 's');
  return value => {
    if (typeof value === 'number') return Number.isNaN(number) ? wildcard.test(String(value)) : value === number;
    return wildcard.test(String(value));
  };
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&');
}
