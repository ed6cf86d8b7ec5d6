import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import {afterAll, describe, expect, it} from 'vitest';
import {renderService} from '../../src/scaffold/render-service.ts';
import {writeService} from '../../src/scaffold/write-service.ts';
import {gearPath, repository} from '../e2e/gear.ts';
import {languagePrograms, missing, runProgram} from '../templates/service-programs.ts';
import {isThorough, type Variant, variants} from '../templates/variants.ts';

/** Inside the repository, so that the services find their packages in gear's node_modules. */
const parent = join(repository, '.test');
mkdirSync(parent, {recursive: true});
const root = mkdtempSync(join(parent, 'own-end-to-end-'));
/** Where a shell would find gear, once it is installed. */
const programs = join(root, 'bin');
mkdirSync(programs);
writeFileSync(join(programs, 'gear'), `#!/bin/sh\nexec '${process.execPath}' '${gearPath}' "$@"\n`, {mode: 0o755});
afterAll(() => rmSync(root, {recursive: true, force: true}));

describe.each(variants.filter(({language}) => isThorough(language)))('the service $title', variant => {
  it('passes its own end-to-end test', async context => {
    context.skip(missing(variant.language) !== undefined, missing(variant.language));
    expect(await endToEnd(await written(variant))).toMatchObject({
      exitCode: 0,
      output: expect.stringMatching(languagePrograms[variant.language]!.passed),
    });
  });
});

/** What its developers are told of a role that has become too small, or too large. */
describe.each(variants.filter(({template, language}) => template === 'queue-worker' && isThorough(language)))(
  'the changed service $title',
  variant => {
    it.each([
      ['a permission is gone', 'dynamodb:PutItem', 'dynamodb:GetItem', 'WorkerFunction dynamodb:PutItem'],
      ['one was added', '- dynamodb:PutItem', '- dynamodb:PutItem\n                  - dynamodb:Scan', 'dynamodb:Scan'],
    ])('fails it when %s, and says which', async (_, before, after, said) => {
      const service = await written(variant);
      const path = join(service.folder, 'template.yaml');
      const template = readFileSync(path, 'utf8');
      expect(template.split(before)).toHaveLength(2);
      writeFileSync(path, template.replace(before, after));
      const {exitCode, output} = await endToEnd(service);
      expect(output).toContain(said);
      expect(exitCode).toBe(1);
    });
  },
);

interface WrittenService {
  readonly folder: string;
  readonly language: string;
}

async function written({template, language, queue}: Variant): Promise<WrittenService> {
  const folder = join(mkdtempSync(join(root, `${template}-`)), 'orders');
  await writeService(folder, await renderService({template, language, queue, name: 'orders'}));
  return {folder, language};
}

function endToEnd({folder, language}: WrittenService) {
  const {endToEnd, variables = {}} = languagePrograms[language]!;
  return runProgram(folder, endToEnd, {...variables, PATH: [programs, process.env.PATH].join(delimiter)});
}
