import {createHash} from 'node:crypto';
import {mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

/** What was read of an archive, and the link to it without its signature. */
export interface KeptPackage {
  readonly location: string;
  readonly output: object;
}

/**
 * A file for each, written when it is read, so that an account of thousands is not held in memory. What another gear
 * has written is not believed: it may have seen less in the same code.
 */
export function openKeptPackages(folder: string, now: () => number, gear: string) {
  forgetOld(folder, now());
  const fileOf = (key: string) => join(folder, `${createHash('sha256').update(key).digest('hex')}.json`);
  return {
    /** Undefined where there is none, or none that this version of gear wrote. */
    read(key: string): KeptPackage | undefined {
      const file = fileOf(key);
      try {
        const {gear: writer, location, output} = JSON.parse(readFileSync(file, 'utf8'));
        if (writer !== gear || typeof location !== 'string' || !Array.isArray(output.Files)) return undefined;
        utimesSync(file, now() / 1000, now() / 1000);
        return {location, output};
      } catch {
        return undefined;
      }
    },
    write(key: string, content: KeptPackage): void {
      const file = fileOf(key);
      try {
        // Names of files say something of what is in them: for nobody else to read.
        mkdirSync(folder, {recursive: true, mode: 0o700});
        const written = `${file}.${process.pid}`;
        writeFileSync(written, JSON.stringify({gear, ...content}), {mode: 0o600});
        renameSync(written, file);
      } catch {
        // Without a place to write to, the next audit asks again.
      }
    },
  };
}

const month = 30 * 24 * 3_600_000;

/** What no audit has asked for in a month. */
function forgetOld(folder: string, now: number): void {
  try {
    for (const name of readdirSync(folder)) {
      const file = join(folder, name);
      if (now - statSync(file).mtimeMs > month) rmSync(file);
    }
  } catch {
    // There is none yet, or another audit was faster.
  }
}
