import {mkdirSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {execa} from 'execa';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {findPython} from '../../src/local/lambda/find-python.ts';
import {readProject} from '../../src/project/read-project.ts';
import {addFunction} from '../../src/scaffold/add-function.ts';
import {renderService} from '../../src/scaffold/render-service.ts';
import {writeChange} from '../../src/scaffold/service-change.ts';
import {templates} from '../../src/scaffold/templates.ts';
import {triggers} from '../../src/scaffold/triggers.ts';
import {writeService} from '../../src/scaffold/write-service.ts';

/** Each service with a function of each trigger: its own tests still pass, and those that came with the functions. */
const root = join(import.meta.dirname, '../..');
const python = await findPython(13, process);
const services = templates.filter(({languages}) => languages.includes('python')).map(({name}) => name);

describe.skipIf(python?.sdk === undefined).each(services)('the service %s in Python', name => {
  const folder = join(root, '.test', `added-${name}-${process.pid}`);
  beforeAll(async () => {
    mkdirSync(folder, {recursive: true});
    await writeService(folder, await renderService({template: name, language: 'python', name: 'orders'}));
    for (const trigger of triggers)
      await writeChange(folder, await addFunction(readProject(folder), {name: `on-${trigger.name}`, trigger}));
  });
  afterAll(() => rmSync(folder, {recursive: true, force: true}));

  it('passes its own tests with a function of each trigger', async () => {
    const env = {PYTHONPATH: python?.sdk?.[0] ?? '', PYTHONDONTWRITEBYTECODE: '1'};
    const {exitCode, all} = await execa(python!.executable, ['-m', 'unittest'], {
      cwd: folder,
      env,
      all: true,
      reject: false,
    });
    expect({exitCode, all}).toMatchObject({exitCode: 0, all: expect.stringMatching(/\nOK\n*$/)});
  });
});
