import {randomUUID} from 'node:crypto';
import {mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {CloudFormation} from '@aws-sdk/client-cloudformation';
import {CloudWatch} from '@aws-sdk/client-cloudwatch';
import {DynamoDB} from '@aws-sdk/client-dynamodb';
import {IAM} from '@aws-sdk/client-iam';
import {Lambda} from '@aws-sdk/client-lambda';
import {S3} from '@aws-sdk/client-s3';
import {SecretsManager} from '@aws-sdk/client-secrets-manager';
import {SQS} from '@aws-sdk/client-sqs';
import {DynamoDBDocument} from '@aws-sdk/lib-dynamodb';
import {expect} from 'vitest';
import {type LocalConnection, requireLocalCloud} from '../../src/local/connection.ts';
import {gear} from './gear.ts';

/** A service written, deployed and driven as a user would, outside the repository. */
export class ServiceUnderTest {
  readonly folder: string;
  readonly #root: string;
  readonly #choice: readonly string[];
  outputs: Record<string, string> = {};

  constructor(
    language: Language = 'typescript',
    {template = 'ingestion', queue, options = [], parent = tmpdir()}: ServiceChoice = {},
  ) {
    this.#choice = [
      ...['--template', template, '--language', language],
      ...(queue === undefined ? [] : ['--queue', queue]),
      ...options,
    ];
    this.#root = join(parent, `gear-e2e-${randomUUID()}`);
    this.folder = join(this.#root, 'orders');
  }

  /** Its embedded AWS, while it runs. */
  connection(): Promise<LocalConnection> {
    return requireLocalCloud(this.folder);
  }

  async create(): Promise<void> {
    mkdirSync(this.#root, {recursive: true});
    const run = await gear(['new', 'service', 'orders', ...this.#choice, '--yes'], {cwd: this.#root});
    expect(run).toMatchObject({exitCode: 0});
  }

  async deploy(...parameters: string[]): Promise<{changed: boolean; status: string; outputs: Record<string, string>}> {
    const run = await this.gear(
      'deploy',
      '--local',
      '--json',
      ...parameters.flatMap(parameter => ['--parameter', parameter]),
    );
    if (run.exitCode !== 0) throw new Error(`gear deploy --local: ${run.exitCode}\n${run.stdout}\n${run.stderr}`);
    const deployed = run.json<{changed: boolean; status: string; outputs: Record<string, string>}>();
    this.outputs = deployed.outputs;
    return deployed;
  }

  /** What `gear local usage` says of the run so far: the statements that it could have done without, and the calls. */
  async usage(): Promise<{functions: number; unused: string[]; denied: string[]}> {
    const run = await this.gear('local', 'usage', '--json', '--fail-on', 'unused');
    const {functions, roles} = run.json<Usage>();
    const held = [...functions, ...roles];
    const unused = held.flatMap(({logicalId, granted}) =>
      granted
        .filter(({status}) => status !== 'used')
        .map(({status, sid, action}) => `${logicalId} ${sid} ${action}: ${status}`),
    );
    const denied = held.flatMap(({logicalId, denied}) => denied.map(({action}) => `${logicalId} ${action}`));
    if (unused.length === 0 && denied.length === 0) expect(run.exitCode).toBe(0);
    return {functions: functions.length, unused, denied};
  }

  gear(...args: string[]) {
    return gear(args, {cwd: this.folder});
  }

  edit(change: (template: string) => string): void {
    const path = join(this.folder, 'template.yaml');
    const before = readFileSync(path, 'utf8');
    const after = change(before);
    expect(after).not.toBe(before);
    writeFileSync(path, after);
  }

  async clients() {
    const run = await this.gear('local', 'env', '--json');
    const environment = run.json<Record<string, string>>();
    return openClients({
      endpoint: environment.AWS_ENDPOINT_URL!,
      region: environment.AWS_REGION!,
      credentials: {accessKeyId: environment.AWS_ACCESS_KEY_ID!, secretAccessKey: environment.AWS_SECRET_ACCESS_KEY!},
    });
  }

  async remove(): Promise<void> {
    await this.gear('local', 'stop');
    rmSync(this.#root, {recursive: true, force: true});
  }
}

interface Usage {
  readonly functions: readonly UsedRole[];
  /** Those that no function has, such as a schedule's. */
  readonly roles: readonly UsedRole[];
}

interface UsedRole {
  readonly logicalId: string;
  readonly granted: readonly {readonly status: string; readonly sid: string; readonly action: string}[];
  readonly denied: readonly {readonly action: string}[];
}

interface ServiceChoice {
  readonly template?: string;
  readonly queue?: string | undefined;
  /** What else it is written with: `--canary`. */
  readonly options?: readonly string[];
  /** The folder for the service's own, where it is not the one for temporary files. */
  readonly parent?: string;
}

export type Language = 'typescript' | 'python';

export interface ClientSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: {readonly accessKeyId: string; readonly secretAccessKey: string};
}

export function openClients(settings: ClientSettings) {
  const dynamodb = new DynamoDB(settings);
  return {
    cloudFormation: new CloudFormation(settings),
    cloudWatch: new CloudWatch(settings),
    dynamodb,
    iam: new IAM(settings),
    lambda: new Lambda(settings),
    s3: new S3({...settings, forcePathStyle: true}),
    sqs: new SQS(settings),
    secrets: new SecretsManager(settings),
    table: DynamoDBDocument.from(dynamodb),
  };
}

export type Clients = ReturnType<typeof openClients>;
export type Row = Record<string, unknown> & {object: string; record: string};

export async function rows({table}: Clients, name: string): Promise<Row[]> {
  const {Items = []} = await table.scan({TableName: name, ConsistentRead: true});
  return Items as Row[];
}

/** Asks until the answer is there, and says what it was last when it does not come. */
export async function eventually<T>(ask: () => Promise<T>, accept: (answer: T) => boolean, seconds = 40): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (accept(answer)) return answer;
    if (Date.now() > deadline)
      throw new Error(`not within ${seconds} s; the last answer was ${JSON.stringify(answer, null, 1)}`);
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

type QueueCount =
  | 'ApproximateNumberOfMessages'
  | 'ApproximateNumberOfMessagesNotVisible'
  | 'ApproximateNumberOfMessagesDelayed';

/** Messages of a queue in the given states. */
export async function messages({sqs}: Clients, QueueUrl: string, ...AttributeNames: QueueCount[]): Promise<number> {
  const {Attributes = {}} = await sqs.getQueueAttributes({QueueUrl, AttributeNames});
  return Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
}

/** Messages of a queue: waiting, delayed or being worked on. */
export function depth(clients: Clients, QueueUrl: string): Promise<number> {
  return messages(
    clients,
    QueueUrl,
    'ApproximateNumberOfMessages',
    'ApproximateNumberOfMessagesNotVisible',
    'ApproximateNumberOfMessagesDelayed',
  );
}
