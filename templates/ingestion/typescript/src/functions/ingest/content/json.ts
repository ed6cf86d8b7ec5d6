import {Malformed} from '../../../lib/failure.ts';

export type JsonDetails =
  | {readonly topLevel: 'object'; readonly keyCount: number; readonly keys: readonly string[]}
  | {readonly topLevel: 'array'; readonly length: number}
  | {readonly topLevel: 'value'};

/** Checks a document from its first to its last character without keeping it: a truncated one is malformed. */
export async function describeJson(text: AsyncIterable<string>): Promise<JsonDetails> {
  const scanner = new JsonScanner();
  for await (const piece of text) scanner.write(piece);
  return scanner.end();
}

/** Rows are small: of a wide object the first keys are kept, all are counted. */
const keptKeys = 100;
const keptKeyLength = 256;
/** Memory grows with the depth alone, so the depth is bounded. */
const maximumDepth = 1000;
const maximumLiteral = 1000;

type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or end' | 'end';

/** The grammar of RFC 8259, one character after the other. */
class JsonScanner {
  #expected: Expected = 'value';
  #containers: ('{' | '[')[] = [];
  #position = 0;
  #inString = false;
  /** Characters of an escape sequence still to come: 1 after the backslash, 4 after `\u`. */
  #escape = 0;
  #unicode = false;
  /** A number, true, false or null so far. */
  #literal = '';
  /** The top-level key being read, raw. */
  #key: string | undefined;
  readonly #keys: string[] = [];
  #keyCount = 0;
  #length = 0;
  #topLevel: JsonDetails['topLevel'] = 'value';

  write(text: string): void {
    for (let index = 0; index < text.length; index++) {
      if (this.#inString && this.#escape === 0) {
        const start = index;
        index = plainUntil(text, index);
        this.#position += index - start;
        this.#keep(text.slice(start, index));
        if (index === text.length) return;
      }
      this.#position++;
      this.#character(text.charAt(index));
    }
  }

  end(): JsonDetails {
    this.#finishLiteral();
    if (this.#inString || this.#expected !== 'end')
      throw new Malformed(
        this.#position === 0
          ? 'The JSON document is empty'
          : `The JSON document ends in the middle, after ${this.#position} characters`,
      );
    if (this.#topLevel === 'object') return {topLevel: 'object', keyCount: this.#keyCount, keys: this.#keys};
    if (this.#topLevel === 'array') return {topLevel: 'array', length: this.#length};
    return {topLevel: 'value'};
  }

  #character(character: string): void {
    if (this.#inString) this.#string(character);
    else if (this.#literal !== '' && literalCharacter.test(character)) this.#extend(character);
    else {
      this.#finishLiteral();
      if (!whitespace.includes(character)) this.#token(character);
    }
  }

  #token(character: string): void {
    const expected = this.#expected;
    if (character === '"' && (expected.startsWith('key') || this.#expectsValue())) this.#openString();
    else if ((character === '{' || character === '[') && this.#expectsValue()) this.#open(character);
    else if (character === '}' && (expected === 'key or }' || this.#mayClose('{'))) this.#close();
    else if (character === ']' && (expected === 'value or ]' || this.#mayClose('['))) this.#close();
    else if (character === ',' && expected === ', or end')
      this.#expected = this.#containers.at(-1) === '{' ? 'key' : 'value';
    else if (character === ':' && expected === ':') this.#expected = 'value';
    else if (literalStart.test(character) && this.#expectsValue()) this.#literal = character;
    else throw this.#unexpected(character);
  }

  #expectsValue(): boolean {
    return this.#expected.startsWith('value');
  }

  #mayClose(container: '{' | '['): boolean {
    return this.#expected === ', or end' && this.#containers.at(-1) === container;
  }

  #open(container: '{' | '['): void {
    this.#countElement();
    if (this.#containers.length === 0) this.#topLevel = container === '{' ? 'object' : 'array';
    if (this.#containers.push(container) > maximumDepth)
      throw new Malformed(`The JSON document is nested more than ${maximumDepth} deep`);
    this.#expected = container === '{' ? 'key or }' : 'value or ]';
  }

  #close(): void {
    this.#containers.pop();
    this.#valueEnds();
  }

  #valueEnds(): void {
    this.#expected = this.#containers.length === 0 ? 'end' : ', or end';
  }

  #countElement(): void {
    if (this.#containers.length === 1 && this.#topLevel === 'array') this.#length++;
  }

  #openString(): void {
    this.#inString = true;
    if (!this.#expected.startsWith('key')) this.#countElement();
    else if (this.#containers.length === 1) this.#key = '';
  }

  #string(character: string): void {
    if (character < ' ') throw this.#unexpected(character);
    if (character === '"' && this.#escape === 0) {
      this.#closeString();
      return;
    }
    if (this.#escape > 0) this.#escaped(character);
    else if (character === '\\') this.#escape = 1;
    this.#keep(character);
  }

  #keep(text: string): void {
    if (this.#key !== undefined) this.#key = (this.#key + text).slice(0, keptKeyLength);
  }

  #escaped(character: string): void {
    this.#escape--;
    if (this.#unicode) {
      if (!/[\da-fA-F]/.test(character)) throw this.#unexpected(character);
      this.#unicode = this.#escape > 0;
    } else if (character === 'u') {
      this.#escape = 4;
      this.#unicode = true;
    } else if (!'"\\/bfnrt'.includes(character)) throw this.#unexpected(character);
  }

  #closeString(): void {
    this.#inString = false;
    if (!this.#expected.startsWith('key')) {
      this.#valueEnds();
      return;
    }
    this.#expected = ':';
    if (this.#key === undefined) return;
    this.#keyCount++;
    if (this.#keys.length < keptKeys) this.#keys.push(unescaped(this.#key));
    this.#key = undefined;
  }

  #extend(character: string): void {
    this.#literal += character;
    if (this.#literal.length > maximumLiteral)
      throw new Malformed(`The JSON document has a number of more than ${maximumLiteral} characters`);
  }

  #finishLiteral(): void {
    if (this.#literal === '') return;
    if (!literal.test(this.#literal))
      throw new Malformed(`The JSON document has ${this.#literal} at character ${this.#position}, which is no value`);
    this.#countElement();
    this.#literal = '';
    this.#valueEnds();
  }

  #unexpected(character: string): Malformed {
    return new Malformed(
      `The JSON document has ${JSON.stringify(character)} at character ${this.#position}, where ${this.#inString ? 'a string' : this.#expected} must stand`,
    );
  }
}

const whitespace = ' \t\n\r';
/** Most of a document is the inside of strings, so that is passed over in a tight loop. */
function plainUntil(text: string, start: number): number {
  let index = start;
  for (; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === quote || code === backslash || code < space) break;
  }
  return index;
}

const quote = 0x22;
const backslash = 0x5c;
const space = 0x20;

const literalStart = /[-\dtfn]/;
const literalCharacter = /[-+.\dA-Za-z]/;
const literal = /^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)$/;

/** A key cut in the middle of an escape sequence stays as it was written. */
function unescaped(raw: string): string {
  try {
    return String(JSON.parse(`"${raw}"`));
  } catch {
    return raw;
  }
}
