import type {LogicalLine} from './lines.ts';

/** What the names are that a file imports: `sm` is `boto3`, `connect` is `psycopg2.connect`. */
export type Modules = ReadonlyMap<string, readonly string[]>;

export function readModules(lines: readonly LogicalLine[]): Modules {
  const modules = new Map<string, readonly string[]>();
  for (const {tokens} of lines) {
    const words = tokens.map(({text}) => text).filter(text => text !== '(' && text !== ')');
    if (words[0] === 'import') {
      for (const [name, ...path] of listed(words.slice(1)))
        if (name !== undefined) {
          const alias = path.at(-2) === 'as' ? path.at(-1)! : undefined;
          const whole = dotted([name, ...(alias === undefined ? path : path.slice(0, -2))]);
          modules.set(alias ?? name, alias === undefined ? [name] : whole);
        }
    }
    const at = words.indexOf('import');
    if (words[0] !== 'from' || at < 0) continue;
    const from = dotted(words.slice(1, at));
    for (const [name, , alias] of listed(words.slice(at + 1)))
      if (name !== undefined) modules.set(alias ?? name, [...from, name]);
  }
  return modules;
}

function listed(words: readonly string[]): readonly (readonly string[])[] {
  return words
    .join(' ')
    .split(' , ')
    .map(part => part.split(' '));
}

function dotted(words: readonly string[]): readonly string[] {
  return words.filter(word => word !== '.');
}
