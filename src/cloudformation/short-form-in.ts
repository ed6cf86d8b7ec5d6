import {Lexer} from 'yaml';
import {shortNames} from './short-forms.ts';

/** The first `!Ref` or its like in a YAML text, and where: some of AWS's readers take long forms only. */
export function shortFormIn(text: string): {readonly name: string; readonly line: number} | undefined {
  let line = 1;
  for (const token of new Lexer().lex(text)) {
    if (shortNames.has(token)) return {name: token, line};
    line += token.split('\n').length - 1;
  }
  return undefined;
}
