/** What a reader of Python sees: enough to tell names, calls and blocks, without evaluating anything. */
export interface Token {
  readonly kind: 'name' | 'number' | 'string' | 'operator';
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** A statement, or the head of a block, however many lines of text it takes. */
export interface LogicalLine {
  readonly indent: number;
  readonly tokens: readonly Token[];
}

/** https://docs.python.org/3/reference/lexical_analysis.html; undefined for what is no Python. */
export function logicalLines(text: string): readonly LogicalLine[] | undefined {
  const lines: LogicalLine[] = [];
  let tokens: Token[] = [];
  let indent = 0;
  let open = 0;
  let at = 0;
  let line = 1;
  let lineStart = 0;
  const endStatement = () => {
    if (tokens.length > 0) lines.push({indent, tokens});
    tokens = [];
  };
  while (at < text.length) {
    if (tokens.length === 0 && open === 0 && at === lineStart) {
      const [blank] = /^[ \t\f]*/.exec(text.slice(at, at + 400))!;
      indent = [...blank].reduce((width, letter) => (letter === '\t' ? width - (width % 8) + 8 : width + 1), 0);
      at += blank.length;
    }
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) return undefined;
    const [found] = match;
    const groups = match.groups!;
    const column = at - lineStart + 1;
    at += found.length;
    if (groups.newline !== undefined) {
      if (open === 0) endStatement();
    } else if (groups.string !== undefined) tokens.push({kind: 'string', text: found, line, column});
    else if (groups.name !== undefined) tokens.push({kind: 'name', text: found, line, column});
    else if (groups.number !== undefined) tokens.push({kind: 'number', text: found, line, column});
    else if (groups.operator !== undefined) {
      if ('([{'.includes(found)) open++;
      if (')]}'.includes(found)) open--;
      if (open < 0) return undefined;
      if (found === ';' && open === 0) endStatement();
      else tokens.push({kind: 'operator', text: found, line, column});
    }
    const breaks = found.split('\n').length - 1;
    if (breaks > 0) {
      line += breaks;
      lineStart = at - (found.length - found.lastIndexOf('\n') - 1);
    }
  }
  endStatement();
  return open === 0 ? lines : undefined;
}

/** A string is taken as a whole, so that nothing in it is read as code; of one in f"..." the names are not seen. */
const pattern = new RegExp(
  [
    String.raw`(?<blank>[ \t\f]+|\\\r?\n|#[^\n]*)`,
    String.raw`(?<newline>\r?\n)`,
    String.raw`(?<string>[a-zA-Z]{0,2}(?:"""(?:[^\\]|\\[^])*?"""|'''(?:[^\\]|\\[^])*?'''|"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])*'))`,
    String.raw`(?<name>[\p{L}_][\p{L}\p{N}_]*)`,
    String.raw`(?<number>\d[\w.]*)`,
    String.raw`(?<operator>:=|->|==|!=|<=|>=|\*\*=?|//=?|[-+*/%@&|^]=|[-+*/%@&|^~<>()[\]{},:.;=!])`,
  ].join('|'),
  'uy',
);
