import {notImplemented} from '../../../service-error.ts';
import {type Expression, parseExpression, type Row, type Value} from './expression.ts';
import type {TokenReader} from './token-reader.ts';

export type Statistic = (rows: readonly Row[]) => Value;

/** `count(*)`, `pct(duration, 95)` and their like. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Stats.html */
export function parseStatistic(tokens: TokenReader): {readonly name: string; readonly statistic: Statistic} {
  const name = tokens.takeKind('name');
  tokens.expect('(');
  if (name === 'count' && (tokens.takes('*') || tokens.next?.text === ')')) {
    tokens.expect(')');
    return {name: 'count(*)', statistic: rows => rows.length};
  }
  const field = tokens.next?.text ?? '';
  const value = parseExpression(tokens);
  const percent = tokens.takes(',') ? Number(tokens.takeKind('number')) : undefined;
  tokens.expect(')');
  const statistic = statisticOf(name, value, percent);
  return {name: `${name}(${field}${percent === undefined ? '' : `, ${percent}`})`, statistic};
}

function statisticOf(name: string, value: Expression, percent: number | undefined): Statistic {
  if (name === 'count') return rows => rows.filter(row => value(row) !== undefined).length;
  const own = Object.hasOwn(aggregates, name) ? aggregates[name] : undefined;
  const aggregate = name === 'pct' && percent !== undefined ? percentile(percent) : own;
  if (aggregate === undefined || (percent !== undefined && name !== 'pct'))
    throw notImplemented(`the statistic ${name} of CloudWatch Logs Insights`);
  return rows => {
    const numbers = rows
      .map(row => value(row))
      .filter(each => each !== undefined && each !== '')
      .map(Number)
      .filter(number => !Number.isNaN(number));
    return numbers.length === 0 ? undefined : aggregate(numbers);
  };
}

type Aggregate = (numbers: readonly number[]) => number;

const sum: Aggregate = numbers => numbers.reduce((total, one) => total + one, 0);

const aggregates: Readonly<Record<string, Aggregate>> = {
  sum,
  avg: numbers => sum(numbers) / numbers.length,
  min: numbers => numbers.reduce((least, one) => Math.min(least, one)),
  max: numbers => numbers.reduce((most, one) => Math.max(most, one)),
};

/** The smallest value that so many percent of the values do not exceed. */
function percentile(percent: number): Aggregate {
  return numbers => {
    const sorted = [...numbers].sort((a, b) => a - b);
    return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)]!;
  };
}
