import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {replaceFolder} from '../../src/bundle/replace-folder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gear-replace-'));
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

const entry = (path: string) => ({path, bytes: Buffer.from(path)});

test('what was there is there until the new one is whole', async () => {
  await replaceFolder(join(folder, 'ingest/'), [entry('index.mjs')]);
  // A file cannot be a folder as well, so the second one is never whole.
  await expect(replaceFolder(join(folder, 'ingest'), [entry('lib'), entry('lib/a.mjs')])).rejects.toThrow();
  expect(readFileSync(join(folder, 'ingest/index.mjs'), 'utf8')).toBe('index.mjs');
});

test('what a killed process left is cleared away, and nothing else', async () => {
  // No process has this number: it is above the largest that Linux gives.
  for (const name of [
    'ingest.4194999',
    'ingest.4194999.old',
    'ingest.7z',
    'ingestion.4194999',
    `ingest.${process.ppid}`,
  ])
    mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'ingest.map'), '');
  await replaceFolder(join(folder, 'ingest'), [entry('index.mjs')]);
  expect(readdirSync(folder).sort()).toEqual(
    ['ingest', 'ingest.7z', 'ingest.map', `ingest.${process.ppid}`, 'ingestion.4194999'].sort(),
  );
});
