import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, it, onTestFinished} from 'vitest';
import {options} from '../../src/scaffold/options/options.ts';
import {chosen, writeWith} from '../scaffold/options/written-service.ts';
import {runProgram} from '../templates/service-programs.ts';
import {isThorough, variants} from '../templates/variants.ts';

const every = options.map(({name}) => name);

/** In one run: most of what it takes is its start. */
it('cfn-lint has nothing to say of any service, as it is and with all options', async context => {
  const folder = mkdtempSync(join(tmpdir(), 'gear-cfn-lint-'));
  onTestFinished(() => rmSync(folder, {recursive: true, force: true}));
  const services: string[] = [];
  for (const variant of variants.filter(({language}) => isThorough(language)))
    for (const names of [[], every]) {
      const name = [variant.title, ...names].join('-').replaceAll(' ', '-');
      await writeWith(chosen(...names), variant, join(folder, name));
      services.push(name);
    }
  // As in the folder of each.
  const settings = ['--config-file', join(services[0]!, '.cfnlintrc')];
  const templates = services.map(name => join(name, 'template.yaml'));
  const {exitCode, output} = await runProgram(folder, ['cfn-lint', ...settings, '--', ...templates]);
  context.skip(exitCode === undefined, 'cfn-lint is not installed');
  expect({exitCode, output}).toEqual({exitCode: 0, output: ''});
});
