import {Lexer} from 'yaml';

export interface Comment {
  /** Without its `#`. */
  readonly text: string;
  readonly line: number;
  readonly column: number;
  /** Offset of its `#`. */
  readonly start: number;
  /** Something stands before it on its line. */
  readonly trailing: boolean;
}

/** The comments of a YAML text. A `#` inside a value, quoted or in a block, is none. */
export function commentsOf(text: string): readonly Comment[] {
  const comments: Comment[] = [];
  let offset = 0;
  let line = 1;
  let lineStart = 0;
  let scalar = false;
  for (const token of new Lexer().lex(text)) {
    // What the lexer tells besides the text itself; a scalar follows its mark.
    if (marks.has(token)) {
      scalar = token === scalarMark;
      continue;
    }
    if (token.startsWith('#') && !scalar)
      comments.push({
        text: token.slice(1).trim(),
        line,
        column: offset - lineStart + 1,
        start: offset,
        trailing: text.slice(lineStart, offset).trim() !== '',
      });
    scalar = false;
    for (let at = token.indexOf('\n'); at >= 0; at = token.indexOf('\n', at + 1)) {
      line++;
      lineStart = offset + at + 1;
    }
    offset += token.length;
  }
  return comments;
}

const scalarMark = '\u001f';
const marks = new Set(['\u0002', '\u0018', scalarMark]);
