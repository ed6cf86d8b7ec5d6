import {notImplemented} from '../../../service-error.ts';
import {malformedQuery} from './malformed-query.ts';
import type {TokenReader} from './token-reader.ts';

/** A value of an event; undefined where the event has no such field. */
export type Value = string | number | boolean | undefined;

export type Row = ReadonlyMap<string, Value>;

export type Expression = (row: Row) => Value;

/** `and` binds closer than `or`, and comparisons closer than both; arithmetic is refused by the tokens. */
export function parseExpression(tokens: TokenReader): Expression {
  return either(tokens, 'or', () => either(tokens, 'and', () => comparison(tokens)));
}

export function parseRegex(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch {
    throw malformedQuery(`/${text}/ is no regular expression`);
  }
}

function either(tokens: TokenReader, word: 'and' | 'or', read: () => Expression): Expression {
  const parts = [read()];
  while (tokens.takes(word)) parts.push(read());
  if (parts.length === 1) return parts[0]!;
  return word === 'or' ? row => parts.some(part => part(row)) : row => parts.every(part => part(row));
}

function comparison(tokens: TokenReader): Expression {
  if (tokens.takes('not')) {
    const negated = comparison(tokens);
    return row => !negated(row);
  }
  const left = primary(tokens);
  if (tokens.takes('like')) return like(left, tokens);
  const compare = Object.entries(comparisons).find(([sign]) => tokens.takes(sign))?.[1];
  if (compare === undefined) return left;
  const right = primary(tokens);
  return row => {
    const [one, other] = [left(row), right(row)];
    return one !== undefined && other !== undefined && compare(one, other);
  };
}

type Defined = NonNullable<Value>;

const comparisons: Readonly<Record<string, (left: Defined, right: Defined) => boolean>> = {
  '=': (left, right) => String(left) === String(right),
  '!=': (left, right) => String(left) !== String(right),
  '<=': (left, right) => Number(left) <= Number(right),
  '>=': (left, right) => Number(left) >= Number(right),
  '<': (left, right) => Number(left) < Number(right),
  '>': (left, right) => Number(left) > Number(right),
};

function like(left: Expression, tokens: TokenReader): Expression {
  const {kind, text} = tokens.take();
  if (kind !== 'regex' && kind !== 'string') throw malformedQuery(`like takes a string or a regular expression`);
  const regex = kind === 'regex' ? parseRegex(text) : undefined;
  return row => {
    const value = left(row);
    if (value === undefined) return false;
    return regex === undefined ? String(value).includes(text) : regex.test(String(value));
  };
}

function primary(tokens: TokenReader): Expression {
  if (tokens.takes('(')) {
    const inner = parseExpression(tokens);
    tokens.expect(')');
    return inner;
  }
  const {kind, text} = tokens.take();
  if (kind === 'number') return () => Number(text);
  if (kind === 'string') return () => text;
  if (kind !== 'name') throw malformedQuery(`unexpected symbol found: ${text}`);
  if (!tokens.takes('(')) return row => row.get(text);
  const values = tokens.list(() => parseExpression(tokens));
  tokens.expect(')');
  if (text === 'coalesce') return row => values.map(value => value(row)).find(value => value !== undefined);
  if (text === 'ispresent') return row => values.every(value => value(row) !== undefined);
  throw notImplemented(`the function ${text} of CloudWatch Logs Insights`);
}
