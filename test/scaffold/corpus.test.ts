import {execFileSync} from 'node:child_process';
import {existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {GearError} from '../../src/errors.ts';
import {readProject} from '../../src/project/read-project.ts';
import {addFunction} from '../../src/scaffold/add-function.ts';
import {removeFunction} from '../../src/scaffold/remove-function.ts';
import {writeChange} from '../../src/scaffold/service-change.ts';
import {resourcesOf} from '../../src/scaffold/template-resources.ts';
import {triggers} from '../../src/scaffold/triggers.ts';

/** Public templates of many hands. They lie beside the repository. */
const corpus = join(import.meta.dirname, '../../../shared/corpus/serverless-patterns');
const files = existsSync(corpus) ? globSync('**/template.{yaml,yml}', {cwd: corpus}).sort() : [];
if (files.length === 0) console.warn(`corpus.test.ts is skipped: there is no ${corpus}`);
const read = (file: string) => readFileSync(join(corpus, file), 'utf8');

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'gear-corpus-'));
});
afterAll(() => rmSync(root, {recursive: true}));

describe.skipIf(files.length === 0)('templates of other hands', {timeout: 120_000}, () => {
  it('are byte for byte what they were when a function was added and removed', async () => {
    // A fifth of them, each with the next trigger: four templates or so with each.
    const sample = files.filter((_, index) => index % 5 === 0);
    const refused: string[] = [];
    for (const [index, file] of sample.entries()) {
      const said = await thereAndBack(file, triggers[index % triggers.length]!.name);
      if (said !== undefined) refused.push(said);
    }
    // Some are no YAML at all.
    expect(refused.filter(why => !why.includes('cannot be read as a template'))).toEqual([]);
    expect(refused.length).toBeLessThan(sample.length / 5);
  });

  it('take a function at each of their buckets, or say why not', async () => {
    const buckets = readable().flatMap(file => {
      const resources = resourcesOf(parseTemplate(read(file), file));
      return Object.keys(resources).flatMap(id => (resources[id]!.Type === 'AWS::S3::Bucket' ? [{file, id}] : []));
    });
    const said = [];
    for (const {file, id} of buckets) said.push(await thereAndBack(file, 'bucket', id));
    for (const why of said.filter(sentence => sentence !== undefined))
      expect(why).toMatch(/tells another of new objects already|cannot be edited line by line/);
    expect(said.filter(sentence => sentence === undefined).length).toBeGreaterThan(buckets.length / 3);
  });

  it('give cfn-lint no new error', async context => {
    if (!hasCfnLint()) context.skip('cfn-lint is not installed');
    const sample = readable().filter((_, index) => index % 35 === 0);
    for (const [index, file] of sample.entries()) {
      const folder = service(file);
      writeFileSync(join(folder, 'before.yaml'), read(file));
      const trigger = triggers[index % triggers.length]!;
      await writeChange(folder, await addFunction(readProject(folder), {name: 'gear-probe', trigger}));
    }
    const folders = sample.map(folderOf);
    const errors = lintErrors(folders.flatMap(folder => [join(folder, 'before.yaml'), join(folder, 'template.yaml')]));
    const of = (name: string) => errors.filter(error => error.includes(name)).map(error => error.replace(name, ''));
    expect(of('template.yaml')).toEqual(of('before.yaml'));
  });
});

/** Undefined when the template ended as it began, with a function in between; else why there was none. */
async function thereAndBack(file: string, triggerName: string, source?: string): Promise<string | undefined> {
  const folder = service(file);
  const trigger = triggers.find(({name}) => name === triggerName)!;
  const template = () => readFileSync(join(folder, 'template.yaml'), 'utf8');
  let refused: string | undefined;
  try {
    await writeChange(folder, await addFunction(readProject(folder), {name: 'gear-probe', trigger, source}));
    expect({file, changed: template() !== read(file)}).toEqual({file, changed: true});
    await writeChange(folder, await removeFunction(readProject(folder), 'gear-probe', {force: false}));
  } catch (error) {
    if (!(error instanceof GearError)) throw error;
    refused = `${file}: ${error.message.split('\n')[0]}`;
  }
  expect({file, text: template()}).toEqual({file, text: read(file)});
  return refused;
}

/** Some of the templates repeat a key, or are broken in another way. */
function readable(): readonly string[] {
  return files.filter(file => {
    try {
      return parseTemplate(read(file), file);
    } catch (error) {
      if (error instanceof GearError) return false;
      throw error;
    }
  });
}

function folderOf(file: string): string {
  return join(root, file.replaceAll(/\W/g, '-'));
}

function service(file: string): string {
  const folder = folderOf(file);
  mkdirSync(folder, {recursive: true});
  writeFileSync(join(folder, 'template.yaml'), read(file));
  return folder;
}

/** File and rule of each error, without its line. */
function lintErrors(templates: readonly string[]): readonly string[] {
  let output: string;
  try {
    output = execFileSync('cfn-lint', ['--format', 'json', ...templates], {encoding: 'utf8'});
  } catch (error) {
    output = (error as {stdout: string}).stdout;
  }
  const found: readonly {Filename: string; Level: string; Rule: {Id: string}}[] = JSON.parse(output);
  return found
    .filter(({Level}) => Level === 'Error')
    .map(({Filename, Rule}) => `${Filename} ${Rule.Id}`)
    .sort();
}

function hasCfnLint(): boolean {
  try {
    return execFileSync('cfn-lint', ['--version'], {stdio: 'pipe'}).length > 0;
  } catch {
    return false;
  }
}
