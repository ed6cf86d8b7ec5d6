import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {unzipSync} from 'fflate';
import {describe, expect, test} from 'vitest';
import {zip} from '../../src/bundle/zip.ts';

const entries = [
  {path: 'index.mjs', bytes: Buffer.from('export const handler = () => "receipt";\n'.repeat(40))},
  {path: 'lib/a.mjs', bytes: Buffer.from('a')},
];

describe('zip', () => {
  test('holds every entry', () => {
    const files = unzipSync(zip(entries).bytes);
    expect(Object.keys(files).sort()).toEqual(['index.mjs', 'lib/a.mjs']);
    expect(Buffer.from(files['index.mjs']!)).toEqual(entries[0]!.bytes);
  });

  test('is the same whatever order the entries came in', () => {
    expect(zip([...entries].reverse())).toEqual(zip(entries));
  });

  test('has another hash when a byte, or only a path, differs', () => {
    const hashes = [
      entries,
      [entries[0]!, {path: 'lib/a.mjs', bytes: Buffer.from('b')}],
      [entries[0]!, {path: 'lib/b.mjs', bytes: Buffer.from('a')}],
    ].map(list => zip(list).hash);
    expect(new Set(hashes).size).toBe(3);
  });

  test.each(['UTC', 'Asia/Tokyo', 'America/Los_Angeles', 'Australia/Lord_Howe'])('has the same bytes in %s', zone => {
    const script = `
      import {createHash} from 'node:crypto';
      import {zip} from ${JSON.stringify(new URL('../../src/bundle/zip.ts', import.meta.url).href)};
      const {bytes} = zip([{path: 'index.mjs', bytes: Buffer.from('x'.repeat(500))}]);
      process.stdout.write(createHash('sha256').update(bytes).digest('hex'));`;
    const there = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      env: {...process.env, TZ: zone},
      encoding: 'utf8',
    });
    const here = zip([{path: 'index.mjs', bytes: Buffer.from('x'.repeat(500))}]).bytes;
    expect(there).toBe(createHash('sha256').update(here).digest('hex'));
  });

  test('says how large its entries are before compression', () => {
    expect(zip(entries).unzippedBytes).toBe(entries[0]!.bytes.length + 1);
  });
});
