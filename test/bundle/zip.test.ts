import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {unzipSync} from 'fflate';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
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

  describe('has the same bytes', () => {
    let folder: string;
    let script: string;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'gear-zip-'));
      script = join(folder, 'zip.mjs');
      // As one file of JavaScript, which every Node.js runs.
      await build({
        stdin: {
          contents: `import {createHash} from 'node:crypto';
            import {zip} from ${JSON.stringify(fileURLToPath(new URL('../../src/bundle/zip.ts', import.meta.url)))};
            const {bytes, hash} = zip([
              {path: 'index.mjs', bytes: Buffer.from('export const handler = () => "receipt";\\n'.repeat(500))},
              {path: 'bootstrap', bytes: Buffer.from('#!/bin/sh'), executable: true},
            ]);
            process.stdout.write(createHash('sha256').update(bytes).digest('hex') + ' ' + hash);`,
          resolveDir: folder,
        },
        bundle: true,
        platform: 'node',
        format: 'esm',
        outfile: script,
      });
    });
    afterAll(() => rmSync(folder, {recursive: true, force: true}));

    const run = (node = process.execPath, env: Record<string, string> = {}) =>
      execFileSync(node, [script], {env: {...process.env, ...env}, encoding: 'utf8'});

    // Of every machine; only another fflate may change the first half.
    test.each(['UTC', 'Asia/Tokyo', 'America/Los_Angeles', 'Australia/Lord_Howe'])('in %s', zone => {
      expect(run(process.execPath, {TZ: zone})).toBe(
        '0728837d4fc3970e69088e35e10b7c0db2313992ce587c3f127be74b5d5739d0 dd0f215892efbf64b0fb9d6a7871ee8088cd891c5b69cd8f2c7c9725df2e9bf5',
      );
    });

    test('on every Node.js of this machine', context => {
      const installed = execFileSync('sh', ['-c', 'which -a node || true'], {encoding: 'utf8'})
        .split('\n')
        .filter(Boolean);
      const version = (node: string) => execFileSync(node, ['--version'], {encoding: 'utf8'}).trim();
      const others = [...new Set(installed)].filter(node => version(node) !== process.version);
      if (others.length === 0) return context.skip('there is no other Node.js on this machine');
      for (const node of others) expect([node, run(node)]).toEqual([node, run()]);
    });
  });

  test('keeps what is executable so, and has one mode for the rest', () => {
    const {bytes, hash} = zip([{path: 'bootstrap', bytes: Buffer.from('#!'), executable: true}, entries[1]!]);
    const directory = Buffer.from(bytes.subarray(Buffer.from(bytes).indexOf('PK\x01\x02', 0, 'latin1')));
    const second = directory.indexOf('PK\x01\x02', 4, 'latin1');
    const modes = [0, second].map(at => (directory.readUInt32LE(at + 38) >>> 16).toString(8));
    expect(modes).toEqual(['100755', '100644']);
    expect(zip([{path: 'bootstrap', bytes: Buffer.from('#!')}, entries[1]!]).hash).not.toBe(hash);
  });

  test('says how large its entries are before compression', () => {
    expect(zip(entries).unzippedBytes).toBe(entries[0]!.bytes.length + 1);
  });
});
