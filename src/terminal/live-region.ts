import {stripVTControlCharacters} from 'node:util';
import {printable} from './printable.ts';

/** Some lines at the bottom of a terminal that are drawn again in place; what is printed scrolls above them. */
export class LiveRegion {
  readonly #stream: NodeJS.WriteStream;
  #height = 0;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  draw(lines: readonly string[]): void {
    // A terminal that nobody gave a size has 0 of both.
    const columns = this.#stream.columns || 80;
    const room = Math.max(1, (this.#stream.rows || 24) - 1);
    const shown = lines.slice(-room).map(line => clip(printable(line), columns - 1));
    this.#stream.write(`${this.#erase()}${shown.map(line => `${line}\n`).join('')}`);
    this.#height = shown.length;
  }

  /** A line that stays, above the region. */
  print(line: string): void {
    this.#stream.write(`${this.#erase()}${printable(line)}\n`);
    this.#height = 0;
  }

  clear(): void {
    this.#stream.write(this.#erase());
    this.#height = 0;
  }

  #erase(): string {
    return this.#height === 0 ? '' : `\u001B[${this.#height}F\u001B[J`;
  }
}

/** A line that stays: above the region where there is one. */
export function printLine(line: string, region: LiveRegion | undefined, stream: Pick<NodeJS.WriteStream, 'write'>) {
  if (region === undefined) stream.write(printable(`${line}\n`));
  else region.print(line);
}

/** A wrapped line would make the region higher than counted; colours are dropped from a line that is cut. */
function clip(line: string, columns: number): string {
  const plain = stripVTControlCharacters(line);
  return plain.length <= columns ? line : `${plain.slice(0, columns - 1)}…`;
}
