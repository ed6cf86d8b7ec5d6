import {malformedQuery} from './malformed-query.ts';
import type {Token} from './tokens.ts';

/** The tokens of one command, from left to right. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get next(): Token | undefined {
    return this.#tokens[this.#next];
  }

  get atEnd(): boolean {
    return this.next === undefined;
  }

  take(): Token {
    const token = this.next;
    if (token === undefined) throw malformedQuery('it ends too early');
    this.#next++;
    return token;
  }

  /** Takes the next token when it is this sign, or this word whatever its case. */
  takes(text: string): boolean {
    const {next} = this;
    if (next === undefined || (next.kind !== 'sign' && next.kind !== 'name') || next.text.toLowerCase() !== text)
      return false;
    this.#next++;
    return true;
  }

  expect(text: string): void {
    if (!this.takes(text)) throw malformedQuery(`expected ${text}${this.next ? `, found ${this.next.text}` : ''}`);
  }

  takeKind(kind: Token['kind']): string {
    const token = this.take();
    if (token.kind !== kind) throw malformedQuery(`expected a ${kind}, found ${token.text}`);
    return token.text;
  }

  /** One or more, with commas between them. */
  list<T>(read: () => T): T[] {
    const items = [read()];
    while (this.takes(',')) items.push(read());
    return items;
  }

  expectEnd(): void {
    if (this.next !== undefined) throw malformedQuery(`unexpected symbol found: ${this.next.text}`);
  }
}
