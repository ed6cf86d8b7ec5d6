import {closeSync, fstatSync, ftruncateSync, openSync, readdirSync, readSync, rmSync, writeSync} from 'node:fs';
import {join} from 'node:path';
import type {RecordedDecision} from './recorded-decision.ts';

export interface LoggedDecision {
  /** Where the entry ends, counted in bytes from the first ever written: the `after` of the next read. */
  readonly sequence: number;
  readonly entry: RecordedDecision;
}

interface DecisionLog {
  /** In the hands of the operating system when it returns, so that it survives the death of this process. */
  append(decision: RecordedDecision): void;
  /** Oldest first. */
  read(filter?: {readonly after?: number; readonly limit?: number}): LoggedDecision[];
  /** The sequence of the last entry. */
  readonly end: number;
  close(): void;
}

/**
 * Decisions as lines of JSON in files of bounded size; the oldest go. A database table cost six times as much, on the
 * path of every call.
 */
export function openDecisionLog(folder: string, {segmentBytes = 16_000_000, segments = 4} = {}): DecisionLog {
  const starts = readdirSync(folder).flatMap(file => /^decisions-(\d+)\.jsonl$/.exec(file)?.[1] ?? []);
  const bases = starts.map(Number).sort((a, b) => a - b);
  if (bases.length === 0) bases.push(0);
  const pathOf = (base: number) => join(folder, `decisions-${String(base).padStart(15, '0')}.jsonl`);
  let current = openSync(pathOf(bases.at(-1)!), 'a+', 0o600);
  let end = bases.at(-1)! + cutTornLine(current);

  const begin = (): void => {
    closeSync(current);
    current = openSync(pathOf(end), 'a+', 0o600);
    bases.push(end);
    while (bases.length > segments) rmSync(pathOf(bases.shift()!), {force: true});
  };

  return {
    append(decision) {
      if (end - bases.at(-1)! >= segmentBytes) begin();
      end += writeSync(current, `${JSON.stringify(decision)}\n`);
    },
    read({after = 0, limit = Number.POSITIVE_INFINITY} = {}) {
      const found: LoggedDecision[] = [];
      for (const [index, base] of bases.entries()) {
        const next = bases[index + 1] ?? end;
        if (next > after && found.length < limit) readInto(found, pathOf(base), base, {after, limit});
      }
      return found;
    },
    get end() {
      return end;
    },
    close: () => closeSync(current),
  };
}

function readInto(
  found: LoggedDecision[],
  path: string,
  base: number,
  {after, limit}: {after: number; limit: number},
): void {
  const file = openSync(path, 'r');
  try {
    // One byte earlier: a position that is not the end of an entry is moved on to the next one.
    const start = Math.max(after - base - 1, 0);
    const bytes = Buffer.alloc(fstatSync(file).size - start);
    readSync(file, bytes, 0, bytes.length, start);
    let from = after > base ? bytes.indexOf(10) + 1 : 0;
    for (let to = bytes.indexOf(10, from); to >= 0 && found.length < limit; to = bytes.indexOf(10, from)) {
      const entry = readDecision(bytes.toString('utf8', from, to));
      from = to + 1;
      if (entry !== undefined) found.push({sequence: base + start + from, entry});
    }
  } finally {
    closeSync(file);
  }
}

/** Undefined of a line that a disk has lost or changed: what was written around it still counts. */
function readDecision(line: string): RecordedDecision | undefined {
  try {
    const decision = JSON.parse(line) as RecordedDecision;
    const {time, action, resource, matched} = decision;
    const isWhole = typeof time === 'number' && typeof action === 'string' && typeof resource === 'string';
    return isWhole && Array.isArray(matched) ? decision : undefined;
  } catch {
    return undefined;
  }
}

/** A machine that lost its power may leave half a line; the length without it. */
function cutTornLine(file: number): number {
  const {size} = fstatSync(file);
  const tail = Buffer.alloc(Math.min(size, 65_536));
  readSync(file, tail, 0, tail.length, size - tail.length);
  const length = size - tail.length + tail.lastIndexOf(10) + 1;
  if (length < size) ftruncateSync(file, length);
  return length;
}
