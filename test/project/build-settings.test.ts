import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {readBuildSettings} from '../../src/project/build-settings.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gear-settings-'));
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

const read = (text: string) => {
  writeFileSync(join(folder, 'gear.yaml'), text);
  return readBuildSettings(folder);
};

describe('the section build of gear.yaml', () => {
  test('says what a function may have, and what one of them may have instead', async () => {
    expect(
      await read('service: orders\nbuild:\n  budget: 2.5 MB\n  functions: {IngestFunction: 900 KB}\n'),
    ).toMatchObject({
      budget: 2_621_440,
      functions: {IngestFunction: 921_600},
    });
    expect(await read('{"build": {"budget": "800B"}}')).toMatchObject({budget: 800});
  });

  test.each(['service: orders', 'build: {}', '# build: nothing'])(
    'allows 5 MB where it says nothing: %s',
    async text => {
      expect(await read(text)).toMatchObject({budget: 5_242_880, functions: {}});
    },
  );

  test.each([
    ['build: 5 MB', 'build must be a mapping'],
    ['build: {budget: {toString: 1}}', 'budget of build must be a size such as 900 KB or 5 MB'],
    ['build: {budget: 5}', 'budget of build must be a size such as 900 KB or 5 MB'],
    ['build: {budget: 5 GB}', 'budget of build must be a size such as 900 KB or 5 MB'],
    ['build: {budget: 0 MB}', 'budget of build must be a size such as 900 KB or 5 MB'],
    ['build: {budget: 300 MB}', 'budget of build is more than Lambda takes: 250 MB unzipped'],
    ['build: {functions: [A]}', 'functions of build must be a mapping'],
    ['build: {functions: {A: big}}', 'A of build must be a size such as 900 KB or 5 MB'],
    ['build: {budgets: 5 MB}', 'gear does not know the key budgets of build; it knows budget, functions'],
  ])('refuses %s', async (text, message) => {
    await expect(read(text)).rejects.toMatchObject({
      code: 'GEAR_YAML_INVALID',
      message: expect.stringContaining(message),
    });
  });
});
