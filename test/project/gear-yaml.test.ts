import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {developmentStacks} from '../../src/project/development-stacks.ts';
import {parseBuildSettings} from '../../src/project/parse-build-settings.ts';
import {readProject} from '../../src/project/read-project.ts';

const folder = mkdtempSync(join(tmpdir(), 'gear-yaml-'));
const file = join(folder, 'gear.yaml');
afterAll(() => rmSync(folder, {recursive: true, force: true}));

const service = () => readProject(folder);
const build = (text: string) => parseBuildSettings(text, file);

test.each([
  ['stak: orders', service, 2, ['stack']],
  ['depends_on: [billing]', service, 2, ['dependsOn']],
  ['owner: team-a', service, 2, []],
  ['stack: [a]', service, 2, []],
  ['parameters:\n  Days: 14\n  Days2: [1]', service, 4, []],
  ['dependsOn:\n  - billing\n  - ""', service, 4, []],
  ['stages:\n  dev:\n  prod:\n    regions: eu-west-1', service, 5, ['region']],
  ['development: &dev {paramters: {}}\nstages:\n  dev: *dev', service, 2, ['parameters']],
  ['stages:\n  dev: {}\n  prod: {}', () => readProject(folder, 'prd'), 2, ['--stage prod']],
  ['stages: {1.10: {stack: orders}}', service, 2, []],
  ['development: orders', () => developmentStacks(folder), 2, []],
  ['build:\n  budjet: 5 MB', build, 3, ['budget']],
  ['build:\n  functions:\n    Ingest: big', build, 4, []],
])('%j is wrong at its line', (text, read, line, suggestions) => {
  const yaml = `service: orders\n${text}\n`;
  writeFileSync(file, yaml);
  expect(() => read(yaml)).toThrow(
    expect.objectContaining({message: expect.stringMatching(new RegExp(`gear\\.yaml:${line}: `)), suggestions}),
  );
});
