import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {demoFiles} from '../../scripts/demo-files.ts';
import {findPython} from '../../src/local/lambda/find-python.ts';
import {driveIngestion} from '../drives/ingestion.ts';
import {LegacySystem} from '../drives/legacy-system.ts';
import {openStage} from '../drives/stage.ts';
import {type Clients, eventually, type Language, type Row, rows, ServiceUnderTest} from './service.ts';

const python = await findPython(13, process);
const noPython = python?.sdk === undefined ? ': skipped, for there is no Python 3.10 with boto3 here' : '';

describe('the ingestion service in TypeScript on the embedded AWS', {timeout: 90_000}, () => lifeOf('typescript'));
describe.skipIf(noPython !== '')(
  `the ingestion service in Python on the embedded AWS${noPython}`,
  {timeout: 90_000},
  () => lifeOf('python'),
);

/** One service each: the tests are the days of its life, in order. */
function lifeOf(language: Language): void {
  const service = new ServiceUnderTest(language);
  let clients: Clients;
  let bucket: string;
  let table: string;
  /** The template, before anything was taken out of it. */
  let complete: string;

  const put = (name: string, body: Uint8Array) =>
    clients.s3.putObject({Bucket: bucket, Key: `incoming/${name}`, Body: body});
  const rowOf = (all: readonly Row[], name: string, record = 'metadata') =>
    all.find(row => row.object.endsWith(`/incoming/${name}`) && row.record.startsWith(record));
  const waitForRow = async (name: string, record?: string) =>
    rowOf(
      await eventually(
        () => rows(clients, table),
        all => rowOf(all, name, record) !== undefined,
      ),
      name,
      record,
    )!;

  beforeAll(async () => {
    await service.create();
    const {changed, status} = await service.deploy();
    expect({changed, status}).toEqual({changed: true, status: 'CREATE_COMPLETE'});
    bucket = service.outputs.InboxBucketName!;
    table = service.outputs.ObjectTableName!;
    clients = await service.clients();
  }, 120_000);
  afterAll(() => service.remove());

  const files = demoFiles();

  test('brings what is good and what fails to its end, at once or when it is tried again', async () => {
    await driveIngestion(
      openStage({connection: await service.connection(), outputs: service.outputs, legacy: new LegacySystem()}),
    );
  });

  test.each([
    ['customers.csv', {contentType: 'text/csv', details: {columns: ['id', 'name', 'city'], rows: 2}}],
    ['logo.png', {contentType: 'image/png', details: {width: 64, height: 48}}],
    ['notes.txt', {contentType: 'text/plain', details: {lines: 2}}],
  ])('%s becomes a row that describes it', async (name, expected) => {
    const body = files[name]!;
    await put(name, body);
    expect(await waitForRow(name)).toMatchObject({...expected, size: body.length});
  });

  test('the run used every statement that the roles grant, and asked for nothing else', async () => {
    expect(await service.usage()).toEqual({functions: 2, unused: [], denied: []});
  });

  test('the audit of what is deployed finds nothing', async () => {
    const run = await service.gear('audit', '--local', '--json');
    expect(run.json()).toMatchObject({
      version: 1,
      summary: {functions: 2, findings: {critical: 0, high: 0, medium: 0, low: 0}},
      findings: [],
    });
    expect(run.exitCode).toBe(0);
  });

  test('the same deployment again changes nothing', async () => {
    expect(await service.deploy()).toMatchObject({changed: false});
  });

  test('without one statement exactly that call is denied by name, and the message ends in the dead-letter queue', async () => {
    complete = readFileSync(join(service.folder, 'template.yaml'), 'utf8');
    service.edit(template =>
      template
        .replace(/ +- Sid: SaveMetadata\n(?: {16,}.*\n)+?(?= +- Sid: )/, '')
        // redrive looks away, so that the message is still there to be seen.
        .replace('FunctionName: !Ref RedriveFunction\n', 'FunctionName: !Ref RedriveFunction\n      Enabled: false\n'),
    );
    expect(await service.deploy()).toMatchObject({changed: true, status: 'UPDATE_COMPLETE'});
    await put('denied.json', files['order.json']!);
    const QueueUrl = service.outputs.DeadLetterQueueUrl!;
    const {Messages = []} = await eventually(
      () => clients.sqs.receiveMessage({QueueUrl, MessageAttributeNames: ['All'], WaitTimeSeconds: 1}),
      ({Messages: received = []}) => received.length > 0,
    );
    expect(Messages).toHaveLength(1);
    expect(Messages[0]!.Body).toContain('incoming/denied.json');
    const sentence =
      /is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:us-east-1:000000000000:table\/orders-ObjectTable-\w+ because no identity-based policy allows the dynamodb:PutItem action/;
    expect(JSON.stringify(Messages[0]!.MessageAttributes)).toMatch(sentence);

    const {functions} = (await service.gear('local', 'usage', '--json')).json<{
      functions: {logicalId: string; denied: {action: string; sentence: string}[]}[];
    }>();
    const denied = functions.flatMap(fn => fn.denied.map(({action}) => [fn.logicalId, action]));
    expect(denied).toEqual([['IngestFunction', 'dynamodb:PutItem']]);
    expect(rowOf(await rows(clients, table), 'denied.json')).toBeUndefined();
  });

  test('what failed for good is replayed when the permission is back: counted first, and once', async () => {
    // redrive works again, and gives up at once.
    service.edit(template =>
      template
        .replace('      Enabled: false\n', '')
        .replace(/MAXIMUM_ATTEMPTS: "\d+"/, 'MAXIMUM_ATTEMPTS: "1"')
        .replace(/FIRST_DELAY_SECONDS: "\d+"/, 'FIRST_DELAY_SECONDS: "1"'),
    );
    await service.deploy();
    const names = ['replayed-1.json', 'replayed-2.json', 'replayed-3.json'];
    for (const name of names) await put(name, files['order.json']!);
    for (const name of names) await waitForRow(name, 'failure');
    service.edit(() => complete);
    await service.deploy();

    const replay = async (...flags: string[]) => {
      const run = await service.gear('replay', '--local', '--json', '--filter', 'replayed-', ...flags);
      expect(run.exitCode).toBe(0);
      return run.json();
    };
    expect(await replay('--dry-run')).toMatchObject({replayed: 3, failed: 0});
    expect(await replay('--to', '1h', '--dry-run')).toMatchObject({replayed: 0});
    expect(await replay('--limit', '1')).toMatchObject({replayed: 1, failed: 0});
    expect(await replay()).toMatchObject({replayed: 2, failed: 0});
    expect(await replay()).toMatchObject({replayed: 0, failed: 0});
    for (const name of names) {
      await waitForRow(name);
      expect(rowOf(await rows(clients, table), name, 'failure')).toBeUndefined();
    }
  });
}
