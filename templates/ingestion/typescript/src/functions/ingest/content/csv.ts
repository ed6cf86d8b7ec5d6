import {Malformed} from '../../../lib/failure.ts';

export interface CsvDetails {
  readonly columnCount: number;
  readonly columns: readonly string[];
  /** Without the header. */
  readonly rows: number;
}

/** RFC 4180 with a header row; a quote that is never closed and a row of another width are malformed. */
export async function describeCsv(text: AsyncIterable<string>): Promise<CsvDetails> {
  const scanner = new CsvScanner();
  for await (const piece of text) scanner.write(piece);
  return scanner.end();
}

const keptColumns = 100;
const keptNameLength = 256;

class CsvScanner {
  #place: 'start' | 'plain' | 'quoted' | 'after quote' = 'start';
  #fields = 0;
  #line = 1;
  #quoteOpenedAt = 0;
  /** The name of a column while the header is read. */
  #name = '';
  readonly #columns: string[] = [];
  #columnCount: number | undefined;
  #rows = 0;

  write(text: string): void {
    for (const character of text) {
      if (this.#place === 'quoted') this.#quoted(character);
      else if (character === ',') this.#endField();
      else if (character === '\n') this.#endRow();
      else if (character === '\r') continue;
      else if (character === '"') this.#quote();
      else if (this.#place === 'after quote')
        throw new Malformed(
          `Line ${this.#line} of the CSV file has ${JSON.stringify(character)} after a closing quote`,
        );
      else {
        this.#place = 'plain';
        this.#keep(character);
      }
    }
  }

  end(): CsvDetails {
    if (this.#place === 'quoted')
      throw new Malformed(`The CSV file ends inside the quote that line ${this.#quoteOpenedAt} opens`);
    this.#endRow();
    if (this.#columnCount === undefined) throw new Malformed('The CSV file has no header row');
    return {columnCount: this.#columnCount, columns: this.#columns, rows: this.#rows};
  }

  #quoted(character: string): void {
    if (character === '"') this.#place = 'after quote';
    else {
      if (character === '\n') this.#line++;
      this.#keep(character);
    }
  }

  #quote(): void {
    if (this.#place === 'plain')
      throw new Malformed(`Line ${this.#line} of the CSV file has a quote inside a plain field`);
    // A quote right after the closing one was an escaped quote all along.
    if (this.#place === 'after quote') this.#keep('"');
    else this.#quoteOpenedAt = this.#line;
    this.#place = 'quoted';
  }

  #keep(character: string): void {
    if (this.#columnCount === undefined && this.#name.length < keptNameLength) this.#name += character;
  }

  #endField(): void {
    this.#fields++;
    this.#place = 'start';
    if (this.#columnCount === undefined && this.#columns.length < keptColumns) this.#columns.push(this.#name);
    this.#name = '';
  }

  #endRow(): void {
    const blank = this.#fields === 0 && this.#place === 'start';
    if (!blank) {
      this.#endField();
      if (this.#columnCount === undefined) this.#columnCount = this.#fields;
      else if (this.#fields === this.#columnCount) this.#rows++;
      else
        throw new Malformed(
          `Line ${this.#line} of the CSV file has ${this.#fields} fields, its header ${this.#columnCount}`,
        );
    }
    this.#fields = 0;
    this.#line++;
  }
}
