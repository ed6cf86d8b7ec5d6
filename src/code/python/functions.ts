import type {LogicalLine, Token} from './lines.ts';

/** A function at the top of a module. */
export interface PythonFunction {
  readonly name: string;
  readonly decorated: boolean;
  readonly parameters: ReadonlySet<string>;
  readonly body: readonly Statement[];
}

export interface Statement extends LogicalLine {
  /** It runs only sometimes: under an `if`, a `case`, an `except`, or in a function or class of its own. */
  readonly conditional: boolean;
}

export function readFunctions(lines: readonly LogicalLine[]): readonly PythonFunction[] {
  return lines.flatMap((line, index) => {
    const head = line.tokens[0]?.text === 'async' ? line.tokens.slice(1) : line.tokens;
    if (line.indent !== 0 || head[0]?.text !== 'def' || head[1] === undefined) return [];
    const end = lines.findIndex((later, at) => at > index && later.indent === 0);
    const body = lines.slice(index + 1, end < 0 ? undefined : end);
    return [
      {
        name: head[1].text,
        decorated: lines[index - 1]?.indent === 0 && lines[index - 1]?.tokens[0]?.text === '@',
        parameters: new Set(head.slice(2).flatMap(({kind, text}) => (kind === 'name' ? [text] : []))),
        // `def handler(event, context): return 1` has it all on its own line.
        body: statements(body),
      },
    ];
  });
}

function statements(lines: readonly LogicalLine[]): readonly Statement[] {
  const blocks: {readonly indent: number; readonly sometimes: boolean}[] = [];
  return lines.map(line => {
    while (blocks.length > 0 && blocks.at(-1)!.indent >= line.indent) blocks.pop();
    const conditional = blocks.some(({sometimes}) => sometimes);
    const sometimes = opensSometimes(line.tokens);
    const ownLine = sometimes && line.tokens.at(-1)?.text !== ':';
    blocks.push({indent: line.indent, sometimes});
    return {...line, conditional: conditional || ownLine};
  });
}

function opensSometimes([first, second]: readonly Token[]): boolean {
  if (first === undefined || first.kind !== 'name') return false;
  const word = first.text === 'async' && second !== undefined ? second.text : first.text;
  return /^(if|elif|else|case|match|except|def|class)$/.test(word);
}
