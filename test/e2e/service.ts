import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {CloudFormation} from '@aws-sdk/client-cloudformation';
import {CloudWatch} from '@aws-sdk/client-cloudwatch';
import {DynamoDB} from '@aws-sdk/client-dynamodb';
import {Lambda} from '@aws-sdk/client-lambda';
import {S3} from '@aws-sdk/client-s3';
import {SecretsManager} from '@aws-sdk/client-secrets-manager';
import {SQS} from '@aws-sdk/client-sqs';
import {DynamoDBDocument} from '@aws-sdk/lib-dynamodb';
import {expect} from 'vitest';
import {gear} from './gear.ts';

/** A service written, deployed and driven as a user would, outside the repository. */
export class ServiceUnderTest {
  readonly folder: string;
  readonly #root: string;
  readonly #choice: readonly string[];
  outputs: Record<string, string> = {};

  constructor(
    language: Language = 'typescript',
    {template = 'ingestion', queue}: {template?: string; queue?: string} = {},
  ) {
    this.#choice = [
      ...['--template', template, '--language', language],
      ...(queue === undefined ? [] : ['--queue', queue]),
    ];
    this.#root = mkdtempSync(join(tmpdir(), 'gear-e2e-'));
    this.folder = join(this.#root, 'orders');
  }

  async create(): Promise<void> {
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
    const settings = {
      endpoint: environment.AWS_ENDPOINT_URL!,
      region: environment.AWS_REGION!,
      credentials: {accessKeyId: environment.AWS_ACCESS_KEY_ID!, secretAccessKey: environment.AWS_SECRET_ACCESS_KEY!},
    };
    return {
      cloudFormation: new CloudFormation(settings),
      cloudWatch: new CloudWatch(settings),
      lambda: new Lambda(settings),
      s3: new S3({...settings, forcePathStyle: true}),
      sqs: new SQS(settings),
      secrets: new SecretsManager(settings),
      table: DynamoDBDocument.from(new DynamoDB(settings)),
    };
  }

  async remove(): Promise<void> {
    await this.gear('local', 'stop');
    rmSync(this.#root, {recursive: true, force: true});
  }
}

export type Language = 'typescript' | 'python';

export type Clients = Awaited<ReturnType<ServiceUnderTest['clients']>>;
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
