import {notImplemented} from '../../../service-error.ts';
import {type Expression, parseExpression, parseRegex, type Row, type Value} from './expression.ts';
import {malformedQuery} from './malformed-query.ts';
import {parseStatistic, type Statistic} from './statistics.ts';
import type {TokenReader} from './token-reader.ts';

/** What a command makes of the rows before it. */
export type Command = (rows: readonly Row[]) => readonly Row[];

/** The last command of every query that is run here. */
export const lastCommand = 'stats';

export function parseCommand(name: string, tokens: TokenReader): Command {
  const parse = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (parse === undefined) throw notImplemented(`the command ${name} of CloudWatch Logs Insights`);
  const command = parse(tokens);
  tokens.expectEnd();
  return command;
}

const commands: Readonly<Record<string, (tokens: TokenReader) => Command>> = {
  filter(tokens) {
    const holds = parseExpression(tokens);
    return rows => rows.filter(row => holds(row));
  },

  /** With a regular expression; each of its named groups becomes a field. */
  parse(tokens) {
    const field = tokens.takeKind('name');
    const next = tokens.take();
    if (next.kind === 'string') throw notImplemented('parse with a glob, of CloudWatch Logs Insights');
    if (next.kind !== 'regex') throw malformedQuery(`parse takes a regular expression, found ${next.text}`);
    const regex = parseRegex(next.text);
    return rows =>
      rows.map(row => {
        const groups = regex.exec(String(row.get(field) ?? ''))?.groups ?? {};
        return new Map<string, Value>([...row, ...Object.entries(groups).filter(([, text]) => text !== undefined)]);
      });
  },

  fields(tokens) {
    const made = tokens.list(() => {
      const name = tokens.next?.text ?? '';
      const value = parseExpression(tokens);
      return {name: aliasOf(tokens) ?? name, value};
    });
    return rows => rows.map(row => new Map([...row, ...made.map(({name, value}) => [name, value(row)] as const)]));
  },

  stats(tokens) {
    const made = tokens.list(() => {
      const {name, statistic} = parseStatistic(tokens);
      return {name: aliasOf(tokens) ?? name, statistic};
    });
    const by = tokens.takes('by') ? tokens.list(() => keyOf(tokens)) : [];
    return rows => statistics(rows, made, by);
  },
};

function aliasOf(tokens: TokenReader): string | undefined {
  return tokens.takes('as') ? tokens.takeKind('name') : undefined;
}

interface Key {
  readonly name: string;
  readonly value: Expression;
}

function keyOf(tokens: TokenReader): Key {
  const name = tokens.next?.text ?? '';
  const value = parseExpression(tokens);
  return {name: aliasOf(tokens) ?? name, value};
}

/** A row for each combination of the keys that there is; without keys one row, also of nothing. */
function statistics(
  rows: readonly Row[],
  made: readonly {readonly name: string; readonly statistic: Statistic}[],
  by: readonly Key[],
): readonly Row[] {
  const groups = Map.groupBy(rows, row => JSON.stringify(by.map(({value}) => value(row) ?? null)));
  const groupsOrNone = by.length === 0 ? [rows] : [...groups.values()];
  return groupsOrNone.map(
    group =>
      new Map<string, Value>([
        ...by.map(({name, value}) => [name, value(group[0]!)] as const),
        ...made.map(({name, statistic}) => [name, statistic(group)] as const),
      ]),
  );
}
