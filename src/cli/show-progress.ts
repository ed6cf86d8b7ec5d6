import {LiveRegion} from '../terminal/live-region.ts';

/** One line that is drawn again in place on standard error; in a pipe nothing, for the result says it all. */
export function showProgress(): {show(line: string): void; end(): void} {
  const region = process.stderr.isTTY ? new LiveRegion(process.stderr) : undefined;
  return {
    show: line => region?.draw([line]),
    end: () => region?.clear(),
  };
}
