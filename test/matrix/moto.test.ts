import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type AwsClients, awsClients} from '../../src/aws/clients.ts';
import {stackResources} from '../../src/aws/stack-resources.ts';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {gear, repository} from '../e2e/gear.ts';
import {cannot, leftOut, unlisted} from './moto-cannot.ts';
import {startMoto} from './moto-server.ts';
import {without} from './without.ts';

/** An AWS that others have written, as a second witness: it has never seen the embedded one. */
const moto = await startMoto();
console.info(
  moto === undefined
    ? 'moto is not installed (pip install "moto[server]"): nothing is deployed to it'
    : [
        'What moto cannot, and is done without:',
        ...leftOut.map(type => `make ${type}`),
        ...unlisted.map(type => `list ${type}`),
        ...cannot.map(({what}) => what),
      ].join('\n  '),
);

const region = 'eu-central-1';
const keys = {accessKeyId: 'test', secretAccessKey: 'test'};
let root: string;
let clients: AwsClients;
const run = (...args: string[]) =>
  gear(args, {
    cwd: root,
    env: {
      AWS_ENDPOINT_URL: moto!.endpoint,
      AWS_ACCESS_KEY_ID: keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
      AWS_REGION: region,
      HOME: root,
    },
  });

beforeAll(() => {
  // Inside the repository, so that the services find their packages in gear's node_modules.
  mkdirSync(join(repository, '.test'), {recursive: true});
  root = mkdtempSync(join(repository, '.test', 'moto-'));
  if (moto) clients = awsClients({endpoint: moto.endpoint, region, credentials: keys});
});
afterAll(() => {
  moto?.close();
  rmSync(root, {recursive: true, force: true});
});

describe.skipIf(!moto).for([
  {service: 'ingestion', changed: 'IngestFunction'},
  {service: 'orchestration', changed: 'ProcessFunction'},
])('$service against moto', {timeout: 120_000}, ({service, changed}) => {
  const deploy = () => run('deploy', service, '--yes', '--no-audit', '--json');
  let file: string;

  test('is created', async () => {
    expect(
      await run('new', 'service', service, '--template', service, '--language', 'typescript', '--yes'),
    ).toMatchObject({
      exitCode: 0,
    });
    file = join(root, service, 'template.yaml');
    const {body} = parseTemplate(readFileSync(file, 'utf8'), file);
    const left = without(leftOut, body);
    writeFileSync(file, JSON.stringify(left));
    expect(await deployed()).toMatchObject({changed: true, status: 'CREATE_COMPLETE'});
    const made = await stackResources(clients, service);
    const listed = Object.entries(left.Resources as Record<string, {Type: string}>)
      .filter(([, {Type}]) => !unlisted.includes(Type))
      .map(([id]) => id);
    expect(made.map(({logicalId}) => logicalId).sort()).toEqual(listed.sort());
  });

  test('is left alone when nothing has changed: nothing is written', async () => {
    moto!.takeCalls();
    expect(await deployed()).toMatchObject({changed: false, status: 'CREATE_COMPLETE'});
    expect(moto!.takeCalls()).toEqual([
      'GetCallerIdentity',
      'DescribeStacks',
      // Where AWS gives outputs this is not asked.
      'ListStackResources',
      'DescribeStacks',
      'GetTemplate',
    ]);
    expect(await run('diff', service)).toMatchObject({exitCode: 0});
  });

  test('is updated, with a difference before and none after', async () => {
    const template = JSON.parse(readFileSync(file, 'utf8'));
    template.Resources[changed].Properties.Timeout = 29;
    writeFileSync(file, JSON.stringify(template));
    expect(await run('diff', service)).toMatchObject({exitCode: 1, stdout: expect.stringContaining(changed)});
    expect(await deployed()).toMatchObject({changed: true, status: 'UPDATE_COMPLETE'});
    expect(await run('diff', service)).toMatchObject({exitCode: 0});
    const made = await stackResources(clients, service);
    const FunctionName = made.find(({logicalId}) => logicalId === changed)!.physicalId;
    expect(await (await clients.lambda()).getFunctionConfiguration({FunctionName})).toMatchObject({Timeout: 29});
  });

  test('says its status', async () => {
    const {stdout, exitCode} = await run('status', service);
    expect(stdout).toMatch(new RegExp(`^${service}  UPDATE_COMPLETE`));
    expect(stdout).toContain(changed);
    expect(exitCode).toBe(0);
  });

  test.for(cannot)('moto cannot $what', async ({show, answer}) => {
    expect(await show(clients, service).catch((error: Error) => error.message)).toEqual(answer);
  });

  test('is destroyed', async () => {
    expect(await run('destroy', service, '--yes', '--stack', service)).toMatchObject({exitCode: 0});
    await expect(stackResources(clients, service)).rejects.toThrow(`There is no stack ${service} here`);
  });

  async function deployed() {
    const ran = await deploy();
    expect(ran, ran.stdout + ran.stderr).toMatchObject({exitCode: 0});
    return ran.json();
  }
});

test.skipIf(!moto).for(leftOut)('moto leaves out %s', async type => {
  const client = await clients.cloudFormation();
  const StackName = type.replaceAll('::', '-');
  const TemplateBody = JSON.stringify({Resources: {Probe: {Type: type, Properties: {}}}});
  const {Id} = await client.createChangeSet({StackName, ChangeSetName: 'probe', ChangeSetType: 'CREATE', TemplateBody});
  await client.executeChangeSet({ChangeSetName: Id});
  expect(await stackResources(clients, StackName)).toEqual([]);
});
