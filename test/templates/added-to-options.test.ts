import {mkdirSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {auditTemplates} from '../../src/audit/audit-templates.ts';
import {rules} from '../../src/audit/rules/index.ts';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {readProject} from '../../src/project/read-project.ts';
import {addFunction} from '../../src/scaffold/add-function.ts';
import {applyOptions} from '../../src/scaffold/options/apply-options.ts';
import {removeFunction} from '../../src/scaffold/remove-function.ts';
import {renderService} from '../../src/scaffold/render-service.ts';
import {writeChange} from '../../src/scaffold/service-change.ts';
import {triggers} from '../../src/scaffold/triggers.ts';
import {writeService} from '../../src/scaffold/write-service.ts';
import {languagePrograms, missing, runProgram} from './service-programs.ts';

/** What a function takes over of the options that its service was written with. */
const root = join(import.meta.dirname, '../..');
const chosen = {tracing: '', vpc: 'the orders database has no public endpoint', 'keep-warm': ''};

describe.each(['typescript', 'python'])('a service in %s that is traced, in a VPC and kept warm', language => {
  const folder = join(root, '.test', `added-to-options-${language}-${process.pid}`);
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  const notes: string[] = [];
  let before: readonly string[];

  beforeAll(async () => {
    mkdirSync(folder, {recursive: true});
    const files = await renderService({template: 'queue-worker', language, name: 'orders'});
    await writeService(folder, applyOptions({name: 'orders', language, files}, chosen).files);
    before = contents(folder);
    for (const trigger of triggers) {
      const change = await addFunction(readProject(folder), {name: `on-${trigger.name}`, trigger});
      notes.push(...change.notes);
      await writeChange(folder, change);
    }
  });
  afterAll(() => rmSync(folder, {recursive: true, force: true}));

  it('gives each new function its traces and its place in the VPC', () => {
    const Resources = parseTemplate(read('template.yaml'), 't.yaml').body.Resources as Resources;
    const worker = Resources.WorkerFunction!;
    const roles = Object.keys(Resources).filter(id => /^(Worker|On(?!ScheduleSchedule).*)Role$/.test(id));
    expect(roles).toHaveLength(8);
    expect(Resources.NetworkForLambdaAlone!.Properties.Roles).toEqual(roles.map(role => ({Ref: role})));
    for (const {name} of triggers) {
      const added = Resources[`On${name[0]!.toUpperCase()}${name.slice(1)}Function`]!;
      expect(added.Metadata?.Gear.VpcReason).toBe(chosen.vpc);
      expect(added.Properties.VpcConfig).toEqual(worker.Properties.VpcConfig);
      expect(added.Properties.TracingConfig).toEqual({Mode: 'Active'});
    }
  });

  it('says what a new function has not', () => {
    const said = notes.filter(note => note.includes('warm'));
    expect(new Set(said)).toEqual(
      new Set(['Schedules keep functions of this service warm; there is none for this one.']),
    );
    expect(said).toHaveLength(triggers.length);
  });

  it('gives the audit nothing to find', async () => {
    const {result, failures} = await auditTemplates([join(folder, 'template.yaml')], rules, {
      parameters: {},
      today: '2026-11-21',
    });
    const findings = result.findings.filter(({rule}) => rule !== 'coldstart/keep-warm-ping');
    expect({findings, notChecked: result.notChecked, failures}).toEqual({findings: [], notChecked: [], failures: []});
  });

  it('passes its own tests of its template and its README', async context => {
    const {test, passed, variables} = languagePrograms[language]!;
    const why = missing(language);
    if (why !== undefined) context.skip(why);
    const argv = language === 'typescript' ? ['test/template.test.ts'] : ['tests.test_template'];
    expect(await runProgram(folder, [...test, ...argv], variables)).toEqual({
      exitCode: 0,
      output: expect.stringMatching(passed),
    });
  });

  it('is byte for byte what it was when they are removed', async () => {
    for (const {name} of triggers)
      await writeChange(folder, await removeFunction(readProject(folder), `on-${name}`, {force: true}));
    expect(contents(folder)).toEqual(before);
  });
});

type Resources = Readonly<
  Record<
    string,
    {
      readonly Properties: Readonly<Record<string, unknown>>;
      readonly Metadata?: {readonly Gear: {readonly VpcReason?: string}};
    }
  >
>;

/** Each file with its text. */
function contents(folder: string): readonly string[] {
  return readdirSync(folder, {recursive: true, withFileTypes: true})
    .filter(entry => entry.isFile() && !/node_modules|__pycache__/.test(entry.parentPath))
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
    .map(file => `${file}\n${readFileSync(file, 'utf8')}`);
}
