import type {Readable} from 'node:stream';

interface LogReader {
  line(text: string): void;
  /** The runtime says that the log of an invocation is complete on this stream. */
  mark(requestId: string): void;
}

/** CloudWatch Logs would refuse a longer event. */
const longestLine = 256 * 1024;

/** Splits what a runtime writes to stdout or stderr into log events; what has no line feed yet waits for it. */
export function readLog(stream: Readable, reader: LogReader): void {
  let rest = '';
  const take = (line: string) => {
    // The runtime's console writes a line feed inside of a message as a carriage return.
    const text = line.replace(/\r$/, '').replaceAll('\r', '\n');
    for (let start = 0; start === 0 || start < text.length; start += longestLine)
      reader.line(text.slice(start, start + longestLine));
  };
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    for (const line of lines) {
      const mark = line.indexOf('\0');
      if (mark < 0) take(line);
      else {
        if (mark > 0) take(line.slice(0, mark));
        reader.mark(line.slice(mark + 1));
      }
    }
    if (rest.length > longestLine) {
      take(rest);
      rest = '';
    }
  });
  stream.on('end', () => {
    if (rest !== '') take(rest);
    rest = '';
  });
}
