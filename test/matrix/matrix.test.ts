import {mkdirSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {parse} from 'yaml';
import type {LocalConnection} from '../../src/local/connection.ts';
import {driveOf, parametersFor} from '../drives/index.ts';
import {LegacySystem} from '../drives/legacy-system.ts';
import {openStage} from '../drives/stage.ts';
import {repository} from '../e2e/gear.ts';
import {type ClientSettings, eventually, type Language, openClients, ServiceUnderTest} from '../e2e/service.ts';
import {languagePrograms, missing, runProgram} from '../templates/service-programs.ts';
import {variants} from '../templates/variants.ts';
import {removeStack} from './remove-stack.ts';
import {running} from './running.ts';
import {standing} from './standing.ts';

/** Inside the repository, so that the services find their packages in gear's node_modules. */
const parent = join(repository, '.test');
mkdirSync(parent, {recursive: true});

/** One service each: the tests are the days of its life, in order. */
describe.each(variants)('the service $title', ({template, language, queue}) => {
  const {check, test, passed, variables = {}} = languagePrograms[language]!;
  const service = new ServiceUnderTest(language as Language, {template, queue, parent});
  const legacy = new LegacySystem();
  let legacyUrl: string;

  beforeAll(async () => {
    legacyUrl = await legacy.start();
    await service.create();
  });
  afterAll(async () => {
    await service.remove();
    await legacy.stop();
  });

  it('compiles, and passes its own tests', async context => {
    context.skip(missing(language) !== undefined, missing(language));
    expect(await runProgram(service.folder, check, variables)).toEqual({exitCode: 0, output: ''});
    expect(await runProgram(service.folder, test, variables)).toMatchObject({
      exitCode: 0,
      output: expect.stringMatching(passed),
    });
  });

  it('is audited clean', async () => {
    const run = await service.gear('audit', '--json');
    expect(run.json()).toMatchObject({findings: [], notChecked: []});
    expect(run.exitCode).toBe(0);
  });

  it('brings what is good and what fails to its end, with every statement used and nothing denied', async context => {
    context.skip(missing(language) !== undefined, missing(language));
    const parameters = Object.entries(parametersFor(template, legacyUrl)).map(pair => pair.join('='));
    expect(await service.deploy(...parameters)).toMatchObject({changed: true, status: 'CREATE_COMPLETE'});
    const stage = openStage({connection: await service.connection(), outputs: service.outputs, legacy});
    await driveOf(template)(stage);
    expect(await service.usage()).toEqual({functions: expect.any(Number), unused: [], denied: []});
  });

  it('is removed, and leaves nothing but what its template retains', async context => {
    context.skip(missing(language) !== undefined, missing(language));
    const connection = await service.connection();
    const settings = settingsOf(connection);
    const clients = openClients(settings);
    const retained = await removeStack(clients, 'orders');
    expect(retained.map(({logicalId}) => logicalId)).toEqual(retainedBy(join(service.folder, 'template.yaml')));
    // The bucket of packages is not the service's: the account has one, with a stack of its own.
    const account = ['bucket gear-artifacts-000000000000-us-east-1', 'stack gear-artifacts'];
    const tables = retained.map(({physicalId}) => `table ${physicalId}`);
    expect(await standing(settings)).toEqual([...account, ...tables].sort());
    for (const {physicalId} of retained) await clients.dynamodb.deleteTable({TableName: physicalId});
    await removeStack(clients, 'gear-artifacts');
    await clients.s3.deleteBucket({Bucket: 'gear-artifacts-000000000000-us-east-1'});
    expect(await standing(settings)).toEqual([]);
    expect(running(service.folder)).toEqual([expect.stringContaining('daemon-process')]);
    // Code is swept at the next start, since an environment may still run it.
    for (const command of ['stop', 'start']) expect(await service.gear('local', command)).toMatchObject({exitCode: 0});
    expect(await standing(settingsOf(await service.connection()))).toEqual([]);
    const local = join(service.folder, '.gear', 'local');
    expect(['lambda', 'environments', 's3'].flatMap(folder => readdirSync(join(local, folder)))).toEqual([]);
    expect(await service.gear('local', 'stop')).toMatchObject({exitCode: 0});
    await eventually(
      async () => running(service.folder),
      processes => processes.length === 0,
    );
  });
});

function settingsOf(connection: LocalConnection): ClientSettings {
  const {endpoint, region, accessKeyId, secretAccessKey} = connection;
  return {endpoint, region, credentials: {accessKeyId, secretAccessKey}};
}

/** Logical ids of what outlives the stack. */
function retainedBy(template: string): string[] {
  const {Resources} = parse(readFileSync(template, 'utf8'), {logLevel: 'silent'}) as {
    Resources: Record<string, {DeletionPolicy?: string}>;
  };
  return Object.entries(Resources)
    .filter(([, {DeletionPolicy = ''}]) => DeletionPolicy.startsWith('Retain'))
    .map(([logicalId]) => logicalId)
    .sort();
}
