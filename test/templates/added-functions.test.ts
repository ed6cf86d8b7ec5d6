import {mkdirSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {readProject} from '../../src/project/read-project.ts';
import {addFunction} from '../../src/scaffold/add-function.ts';
import {renderService} from '../../src/scaffold/render-service.ts';
import {writeChange} from '../../src/scaffold/service-change.ts';
import {triggers} from '../../src/scaffold/triggers.ts';
import {writeService} from '../../src/scaffold/write-service.ts';
import {languagePrograms, missing, runProgram} from './service-programs.ts';
import {variants} from './variants.ts';

/** Each service with a function of each trigger: its own tests still pass, and those that came with the functions. */
const root = join(import.meta.dirname, '../..');

describe.each(variants)('the service $title', ({template, language, queue}) => {
  const {test, passed, variables} = languagePrograms[language]!;
  const folder = join(root, '.test', `added-${template}-${language}-${queue}-${process.pid}`);

  beforeAll(async () => {
    mkdirSync(folder, {recursive: true});
    await writeService(folder, await renderService({template, language, queue, name: 'orders'}));
    for (const trigger of triggers)
      await writeChange(folder, await addFunction(readProject(folder), {name: `on-${trigger.name}`, trigger}));
  });
  afterAll(() => rmSync(folder, {recursive: true, force: true}));

  it('passes its own tests with a function of each trigger', async context => {
    const why = missing(language);
    if (why !== undefined) context.skip(why);
    expect(await runProgram(folder, [...test, ...(ownTests[language] ?? [])], variables)).toEqual({
      exitCode: 0,
      output: expect.stringMatching(passed),
    });
  });
});

/** Those that know of the template, where starting each file of tests takes long. */
const ownTests: Readonly<Record<string, readonly string[]>> = {typescript: ['test/template.test.ts']};
