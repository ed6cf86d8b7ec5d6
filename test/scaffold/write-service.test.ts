import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {shownPath} from '../../src/errors.ts';
import {writeService} from '../../src/scaffold/write-service.ts';

let parent: string;
let folder: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'gear-scaffold-'));
  folder = join(parent, 'orders');
});
afterEach(() => rmSync(parent, {recursive: true}));

const files = [
  {path: 'README.md', contents: '# orders\n'},
  {path: 'src/handler.ts', contents: 'export {};\n'},
  {path: 'src/lib/a.ts', contents: 'export {};\n'},
];
/** Fails when its second file is reached: the first is a file where the second needs a folder. */
const impossible = [{path: 'a', contents: ''}, ...files, {path: 'a/b', contents: ''}];
const read = (path: string) => readFileSync(join(folder, path), 'utf8');
const everything = () => readdirSync(parent, {recursive: true}).sort();

describe('into a folder that is not there', () => {
  it('writes all files', async () => {
    expect(await writeService(folder, files)).toEqual(files.map(({path}) => ({path, status: 'written'})));
    for (const {path, contents} of files) expect(read(path)).toBe(contents);
    expect(readdirSync(parent)).toEqual(['orders']);
  });

  it('makes the folders above it', async () => {
    folder = join(parent, 'services', 'eu', 'orders');
    await writeService(folder, files);
    expect(read('README.md')).toBe('# orders\n');
  });

  it('leaves nothing behind when it fails in the middle', async () => {
    await expect(writeService(join(parent, 'services', 'orders'), impossible)).rejects.toMatchObject({
      code: 'FOLDER_UNWRITABLE',
    });
    expect(everything()).toEqual([]);
  });

  it('leaves nothing behind when it is interrupted', async () => {
    const interruption = new AbortController();
    const writing = writeService(folder, files, {signal: interruption.signal});
    interruption.abort();
    await expect(writing).rejects.toMatchObject({name: 'AbortError'});
    expect(everything()).toEqual([]);
  });

  it('says which file stands where a folder is needed', async () => {
    writeFileSync(join(parent, 'services'), '');
    await expect(writeService(join(parent, 'services', 'orders'), files)).rejects.toThrow(
      'a file stands where a folder is needed',
    );
  });
});

describe('into a folder that is there', () => {
  it('changes nothing the second time', async () => {
    await writeService(folder, files);
    const before = statSync(join(folder, 'README.md')).mtimeMs;
    expect(await writeService(folder, files)).toEqual(files.map(({path}) => ({path, status: 'unchanged'})));
    expect(statSync(join(folder, 'README.md')).mtimeMs).toBe(before);
  });

  it('adds what is missing beside what is there', async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    writeFileSync(join(folder, 'README.md'), '# orders\n');
    const written = await writeService(folder, files);
    expect(written.map(({status}) => status)).toEqual(['unchanged', 'written', 'written']);
    expect(read('notes.txt')).toBe('mine');
  });

  it('writes nothing when a file differs, and names it', async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'README.md'), 'mine');
    await expect(writeService(folder, files)).rejects.toMatchObject({
      code: 'FILES_DIFFER',
      message: `${join(folder, 'README.md')} differs from what would be written; nothing was changed`,
    });
    expect(everything()).toEqual(['orders', 'orders/README.md']);
  });

  it('says what it cannot read', async () => {
    mkdirSync(folder);
    symlinkSync('README.md', join(folder, 'README.md'));
    await expect(writeService(folder, files)).rejects.toMatchObject({code: 'FILE_UNREADABLE'});
  });

  it('overwrites it when forced', async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'README.md'), 'mine');
    await writeService(folder, files, {force: true});
    expect(read('README.md')).toBe('# orders\n');
  });

  it('restores everything when it fails in the middle', async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'README.md'), 'mine');
    await expect(writeService(folder, impossible, {force: true})).rejects.toMatchObject({code: 'FOLDER_UNWRITABLE'});
    expect(read('README.md')).toBe('mine');
    expect(everything()).toEqual(['orders', 'orders/README.md']);
  });

  it.each([
    ['file', 'folder', () => writeFileSync(join(folder, 'src'), 'mine'), 'src/handler.ts'],
    ['folder', 'file', () => mkdirSync(join(folder, 'README.md')), 'README.md'],
  ])('says where a %s stands and a %s is needed', async (stands, needed, prepare, path) => {
    mkdirSync(folder);
    prepare();
    const before = everything();
    await expect(writeService(folder, files)).rejects.toThrow(
      `${folder} was not written: ${shownPath(join(folder, path))}: a ${stands} stands where a ${needed} is needed`,
    );
    expect(everything()).toEqual(before);
  });
});
