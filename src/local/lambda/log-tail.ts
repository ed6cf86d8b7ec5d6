/** The end of an invocation's log: all that anybody can ask back, however much was written. */
export class LogTail {
  #lines: string[] = [];
  #length = 0;

  add(line: string): void {
    this.#lines.push(line);
    this.#length += line.length + 1;
    while (this.#length - this.#lines[0]!.length > longest && this.#lines.length > 1)
      this.#length -= this.#lines.shift()!.length + 1;
  }

  get text(): string {
    return this.#lines.join('\n');
  }
}

/** More than the 4 KB that Invoke gives back. */
const longest = 8192;
