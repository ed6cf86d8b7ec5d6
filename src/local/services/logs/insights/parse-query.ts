import {notImplemented} from '../../../service-error.ts';
import {type Command, lastCommand, parseCommand} from './commands.ts';
import {malformedQuery} from './malformed-query.ts';
import {TokenReader} from './token-reader.ts';
import {type Token, tokensOf} from './tokens.ts';

export interface InsightsQuery {
  /** What the query's own SOURCE asks for. */
  readonly source?: LogGroupSource;
  readonly commands: readonly Command[];
}

export interface LogGroupSource {
  /** Absent for all log groups. */
  readonly namePrefix?: readonly string[];
  readonly class: readonly string[];
}

/**
 * Queries that make statistics: SOURCE, filter, parse, fields, and stats at the end. Other commands and functions are
 * refused by name, and so is a query that asks for the events themselves, whose rows have pointers.
 */
export function parseQuery(text: string): InsightsQuery {
  const parts = split(tokensOf(text)).map(tokens => new TokenReader(tokens));
  const source = parts[0]?.takes('source') ? parseSource(parts.shift()!) : undefined;
  const named = parts.map(tokens => ({name: tokens.takeKind('name').toLowerCase(), tokens}));
  const commands = named.map(({name, tokens}) => parseCommand(name, tokens));
  const stats = named.findIndex(({name}) => name === lastCommand);
  if (stats === -1) throw notImplemented('queries of CloudWatch Logs Insights without stats');
  if (stats < named.length - 1) throw notImplemented('commands after stats, of CloudWatch Logs Insights');
  return {...(source === undefined ? {} : {source}), commands};
}

function split(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === 'sign' && token.text === '|') parts.push([]);
    else parts.at(-1)!.push(token);
  }
  return parts;
}

/** `logGroups(namePrefix: ['/aws/lambda/'], class: ['STANDARD'])`. */
function parseSource(tokens: TokenReader): LogGroupSource {
  if (tokens.takeKind('name') !== 'logGroups') throw malformedQuery('SOURCE takes logGroups(...)');
  tokens.expect('(');
  const members: Record<string, readonly string[]> = {};
  if (tokens.next?.text !== ')')
    tokens.list(() => {
      const name = tokens.takeKind('name');
      if (name !== 'namePrefix' && name !== 'class')
        throw notImplemented(`SOURCE with ${name}, of CloudWatch Logs Insights`);
      tokens.expect(':');
      tokens.expect('[');
      members[name] = tokens.list(() => tokens.takeKind('string'));
      tokens.expect(']');
    });
  tokens.expect(')');
  tokens.expectEnd();
  const {namePrefix, class: classes = ['STANDARD']} = members;
  if ((namePrefix?.length ?? 0) > 5) throw malformedQuery('SOURCE takes at most five prefixes');
  return {...(namePrefix === undefined ? {} : {namePrefix}), class: classes};
}
