import {exitCodes, GearError} from '../errors.ts';
import {nearest} from '../model/nearest.ts';

/** What oclif's parser throws; it tells the kinds apart by their members only. */
interface ParseError extends Error {
  readonly flags?: readonly string[];
  readonly args?: readonly unknown[];
  readonly parse?: {readonly input?: {readonly flags?: object}};
}

/** oclif's words for what was typed wrong, as one sentence, and what comes nearest to it. */
export function usageError(error: Error, command?: string): GearError {
  const {flags, args, parse} = error as ParseError;
  const help = command === undefined ? 'gear --help' : `gear ${command} --help`;
  const known = Object.keys(parse?.input?.flags ?? {});
  const [flag] = flags ?? [];
  const meant = flag === undefined ? undefined : nearest(flag.replace(/^-+/, ''), known);
  return new GearError(args === undefined ? sentence(error.message) : argumentsSentence(error.message), {
    code: 'USAGE',
    exit: exitCodes.failed,
    suggestions: [...(meant === undefined ? [] : [`--${meant}`]), help],
    cause: error,
  });
}

/** Messages end in "See more help with --help", and some begin with a line that only announces the next ones. */
function sentence(message: string): string {
  const lines = message
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('See more help'));
  const parsing = /^Parsing (--\S+)$/.exec(lines[0] ?? '');
  if (parsing !== null) return `${parsing[1]}: ${lowerFirst(lines.slice(1).join(' '))}`;
  const said = /^The following errors? occurred:$/.test(lines[0] ?? '') ? lines.slice(1).join('; ') : lines.join(' ');
  return said
    .replace(/All of the following must be provided when using (--\S+): (.*)/, '$1 needs $2')
    .replace(/ cannot also be provided when using /, ' cannot be given with ');
}

/** `Missing 1 required arg:` and a table of their names and descriptions. */
function argumentsSentence(message: string): string {
  const [first = '', ...rest] = message.split('\n');
  if (!first.startsWith('Missing ')) return sentence(message);
  const missing = rest.flatMap(line => {
    const [, name, what] = /^(\S+) {2,}(.*)$/.exec(line) ?? [];
    return name === undefined ? [] : [`${name.toUpperCase()} (${lowerFirst(what!)})`];
  });
  return `Not given: ${missing.join(', ')}`;
}

/** For a command that does not exist: the part that is unknown, and the commands that stand there. */
export function unknownCommand(words: readonly string[], commands: readonly string[]): GearError {
  if (words[0]?.startsWith('-'))
    return new GearError(`Nonexistent flag: ${words[0]}`, {code: 'USAGE', suggestions: ['gear --help']});
  const groups = commands.flatMap(id => id.split(' ').map((_, end) => id.split(' ').slice(0, end).join(' ')));
  let known = 0;
  while (known < words.length && groups.includes(words.slice(0, known + 1).join(' '))) known++;
  const before = words.slice(0, known);
  const below = commands
    .map(id => id.split(' '))
    .filter(id => id.length > known && before.every((word, index) => id[index] === word))
    .map(id => id[known]!);
  const meant = nearest(words[known] ?? '', [...new Set(below)]);
  const group = before.join(' ');
  return new GearError(`There is no command gear ${words.slice(0, known + 1).join(' ')}`, {
    code: 'USAGE',
    suggestions: [
      ...(meant === undefined ? [] : [['gear', ...before, meant, ...words.slice(known + 1)].join(' ')]),
      group === '' ? 'gear --help' : `gear ${group} --help`,
    ],
  });
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
