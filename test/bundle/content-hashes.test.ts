import {mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {ContentHashes, type Stamp} from '../../src/bundle/content-hashes.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gear-hashes-'));
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

const write = (path: string, text: string) => writeFileSync(join(folder, path), text);
const hashOf = (path: string, stamps: [string, Stamp][] = []) =>
  new ContentHashes(folder, new Map(stamps)).hashOf(path);

describe('what a file holds', () => {
  test('is told by its content, whatever its times are', () => {
    write('prices.ts', 'a');
    const first = hashOf('prices.ts');
    utimesSync(join(folder, 'prices.ts'), 1, 1);
    expect(hashOf('prices.ts')).toBe(first);
    write('prices.ts', 'b');
    expect(hashOf('prices.ts')).not.toBe(first);
  });

  test('is not read again while its size and times are those of the stamp', () => {
    write('prices.ts', 'a');
    const hashes = new ContentHashes(folder, new Map());
    hashes.hashOf('prices.ts');
    // Just written: it may change once more within the same tick, so no stamp is taken of it.
    expect(hashes.stampOf('prices.ts')).toBeUndefined();
    expect(hashes.anyChangedSince(['prices.ts'], Date.now() - 60_000)).toBe(true);
    expect(hashes.anyChangedSince(['prices.ts'], Date.now() + 60_000)).toBe(false);
  });

  test('is nothing where no file is, or a folder of its name', () => {
    mkdirSync(join(folder, 'lib'));
    expect([hashOf('none.ts'), hashOf('lib'), hashOf('none/'), hashOf('lib/none/more.ts')]).toEqual(Array(4).fill('-'));
  });

  test('of a folder is the names in it, but for hidden ones', () => {
    write('prices.ts', 'a');
    const first = hashOf('./');
    write('.prices.ts.swp', '');
    expect(hashOf('./')).toBe(first);
    write('prices.js', '');
    expect(hashOf('./')).not.toBe(first);
    rmSync(join(folder, 'prices.js'));
    renameSync(join(folder, 'prices.ts'), join(folder, 'rates.ts'));
    expect(hashOf('./')).not.toBe(first);
  });
});
