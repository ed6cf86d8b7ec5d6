import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {options} from '../../src/scaffold/options/options.ts';
import {repository} from '../e2e/gear.ts';
import {
  chosen,
  expectClean,
  expectDescribed,
  type WrittenService,
  writeWith,
} from '../scaffold/options/written-service.ts';
import {languagePrograms, missing, runProgram} from '../templates/service-programs.ts';
import {isThorough, variants} from '../templates/variants.ts';

/** Inside the repository, so that the services find their packages in gear's node_modules. */
mkdirSync(join(repository, '.test'), {recursive: true});
const parent = mkdtempSync(join(repository, '.test', 'options-'));
afterAll(() => rmSync(parent, {recursive: true, force: true}));

const names = options.map(({name}) => name);

describe.each(variants.filter(({language}) => isThorough(language)))('the service $title with all options', variant => {
  const {language, title} = variant;
  const {check, test, passed, variables = {}} = languagePrograms[language]!;
  let service: WrittenService;
  beforeAll(async () => {
    service = await writeWith(chosen(...names), variant, join(parent, title.replaceAll(' ', '-')));
  });

  it.concurrent('compiles', async context => {
    context.skip(missing(language) !== undefined, missing(language));
    expect(await runProgram(service.folder, check, variables)).toEqual({exitCode: 0, output: ''});
  });

  it.concurrent('passes its own tests', async context => {
    context.skip(missing(language) !== undefined, missing(language));
    expect(await runProgram(service.folder, test, variables)).toMatchObject({
      exitCode: 0,
      output: expect.stringMatching(passed),
    });
  });

  it.concurrent('is audited clean, and says in its README what each role may do', async () => {
    await expectClean(service);
    expectDescribed(service);
  });
});
