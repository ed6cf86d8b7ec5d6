import {createHmac} from 'node:crypto';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {SecretsManager} from '@aws-sdk/client-secrets-manager';
import {DynamoDBDocument} from '@aws-sdk/lib-dynamodb';
import {parse} from 'yaml';
import {type AwsClients, awsClients} from '../../src/aws/clients.ts';
import {deployService} from '../../src/deploy/deploy-service.ts';
import {type LocalCloud, startLocalCloud} from '../../src/local/cloud.ts';
import type {Disorder} from '../../src/local/disorder.ts';
import {findPython} from '../../src/local/lambda/find-python.ts';
import {renderService} from '../../src/scaffold/render-service.ts';
import {writeService} from '../../src/scaffold/write-service.ts';
import {LegacySystem} from '../drives/legacy-system.ts';
import {repository} from '../e2e/gear.ts';
import {type Variant, variants} from '../templates/variants.ts';

const python = await findPython(13, process);

/** Every language and queue that the template has; Python where it and its boto3 are there. */
export const orchestrations = variants.filter(
  ({template, language}) => template === 'orchestration' && (language !== 'python' || python?.sdk !== undefined),
);

export interface Order {
  readonly customer: string;
  readonly product: string;
  readonly quantity: number;
  /** What the legacy system does with it. */
  readonly note?: string;
}

export interface Request {
  readonly requestId: string;
  readonly status: string;
  readonly attempts: number;
  readonly cause?: {readonly name: string; readonly message: string};
}

export interface QuarantineRecord {
  readonly recordId: string;
  readonly requestId: string;
  readonly cause: {readonly name: string; readonly message: string};
  readonly attempts: number;
  readonly record: unknown;
}

// biome-ignore lint/suspicious/noExplicitAny: Properties have whatever shape their resource's type says.
type Properties = Readonly<Record<string, any>>;

/** The orchestration service on an embedded AWS in this process, with its clients and its legacy system. */
export class Orchestration {
  readonly legacy = new LegacySystem();
  readonly variant: Variant;
  outputs: Readonly<Record<string, string>> = {};
  /** Properties of the template's resources, before anything was edited. */
  resources: Readonly<Record<string, Properties>> = {};
  #cloud!: LocalCloud;
  #clients!: AwsClients;
  #table!: DynamoDBDocument;
  #token = '';
  #folder = '';

  constructor(variant: Variant) {
    this.variant = variant;
  }

  async open({disorder, edit = template => template, editTransform}: OrchestrationOptions = {}): Promise<void> {
    const url = await this.legacy.start();
    this.#cloud = await startLocalCloud({...(disorder === undefined ? {} : {disorder})});
    const {endpoint, region, account, credentials} = this.#cloud;
    this.#clients = awsClients({endpoint, region, credentials});
    this.#table = DynamoDBDocument.from(await this.#clients.dynamodb());
    mkdirSync(join(repository, '.test'), {recursive: true});
    this.#folder = mkdtempSync(join(repository, '.test', 'orchestration-'));
    await writeService(this.#folder, await renderService({...this.variant, name: 'orders'}));
    const template = join(this.#folder, 'template.yaml');
    const text = readFileSync(template, 'utf8');
    const {Resources} = parse(text, {logLevel: 'silent'}) as {Resources: Record<string, {Properties: Properties}>};
    this.resources = Object.fromEntries(Object.entries(Resources).map(([id, {Properties}]) => [id, Properties]));
    writeFileSync(template, edit(text));
    if (editTransform !== undefined) {
      const transform = join(this.#folder, transforms[this.variant.language]!);
      writeFileSync(transform, editTransform(readFileSync(transform, 'utf8')));
    }
    const {outputs} = await deployService(
      this.#clients,
      {account, region, arn: '', endpoint},
      {
        service: 'orders',
        stackName: 'orders',
        template,
        parameters: {LegacyUrl: url},
        prebuilt: false,
        fallbackModules: [join(repository, 'node_modules')],
        pollMilliseconds: 10,
        onEvent: () => {},
        approve: async () => true,
      },
    );
    this.outputs = outputs;
    const secrets = new SecretsManager({endpoint, region, credentials});
    const {SecretString = ''} = await secrets.getSecretValue({SecretId: this.outputs.SigningKeyArn!});
    this.#token = sign({sub: 'client-1', aud: 'orders', exp: Date.now() / 1000 + 24 * 3600}, SecretString);
  }

  async close(): Promise<void> {
    await this.#cloud.close();
    await this.legacy.stop();
    rmSync(this.#folder, {recursive: true, force: true});
  }

  /** Milliseconds since the epoch, as the cloud has it. */
  now(): number {
    return Date.parse(this.#cloud.health().time.now);
  }

  forward(milliseconds: number): Promise<void> {
    return this.#cloud.forward(milliseconds);
  }

  /**
   * Sends orders, some at a time, as clients do that try again when the service cannot answer: with the same key, so
   * that it stays one request. The ids of the requests, all of which were accepted.
   */
  async submit(orders: readonly Order[], keys: (index: number) => string): Promise<string[]> {
    const requestIds: string[] = [];
    let next = 0;
    const client = async () => {
      for (let index = next++; index < orders.length; index = next++)
        requestIds[index] = await this.#submit(orders[index]!, keys(index));
    };
    await Promise.all(Array.from({length: clients}, client));
    return requestIds;
  }

  async #submit(order: Order, key: string): Promise<string> {
    for (let attempt = 1; ; attempt++) {
      const response = await fetch(`${this.outputs.ApiUrl}/requests`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${this.#token}`,
          'content-type': 'application/json',
          'idempotency-key': key,
        },
        body: JSON.stringify(order),
      });
      const answer = (await response.json()) as {requestId: string};
      if (response.status === 202) return answer.requestId;
      if ((response.status < 500 && response.status !== 429) || attempt === 20)
        throw new Error(`${key} was answered ${response.status} ${JSON.stringify(answer)} at attempt ${attempt}`);
      await this.forward(100);
    }
  }

  async requests(requestIds: readonly string[]): Promise<Request[]> {
    const TableName = this.outputs.RequestTableName!;
    const found: Request[] = [];
    for (let start = 0; start < requestIds.length; start += mostPerGet) {
      const Keys = requestIds.slice(start, start + mostPerGet).map(requestId => ({requestId}));
      const {Responses = {}} = await this.#table.batchGet({RequestItems: {[TableName]: {Keys, ConsistentRead: true}}});
      found.push(...(Responses[TableName] as Request[]));
    }
    return found.sort((a, b) => requestIds.indexOf(a.requestId) - requestIds.indexOf(b.requestId));
  }

  /**
   * Lets time go by until all these requests have come to an end, no faster than the service works: the time at which
   * each was seen at it.
   */
  async ended(requestIds: readonly string[], withinSeconds: number): Promise<ReadonlyMap<string, number>> {
    const times = new Map<string, number>();
    const deadline = this.now() + withinSeconds * 1000;
    for (;;) {
      const open = requestIds.filter(requestId => !times.has(requestId));
      const rows = await this.requests(open);
      for (const {requestId, status} of rows) if (finalStates.includes(status)) times.set(requestId, this.now());
      if (times.size === requestIds.length) return times;
      if (this.now() > deadline) {
        const left = rows.filter(({requestId}) => !times.has(requestId));
        throw new Error(`${left.length} have no end after ${withinSeconds} s: ${JSON.stringify(left)}`);
      }
      await this.#goOn();
    }
  }

  /** Lets time go by until nothing is left in any queue. */
  async emptied(withinSeconds: number): Promise<void> {
    const deadline = this.now() + withinSeconds * 1000;
    for (;;) {
      const depths = await this.depths();
      if (Object.values(depths).every(depth => depth === 0)) return;
      if (this.now() > deadline)
        throw new Error(`The queues are not empty after ${withinSeconds} s: ${JSON.stringify(depths)}`);
      await this.#goOn();
    }
  }

  /** Functions live by the machine's time: the cloud's is put forward only while they have nothing to do. */
  async #goOn(): Promise<void> {
    do await setTimeout(pace);
    while (this.#cloud.running() > 0);
    await this.forward(step);
  }

  /** Switches the event source mapping of process on or off. */
  async enableProcess(Enabled: boolean): Promise<void> {
    const lambda = await this.#clients.lambda();
    const FunctionName = this.outputs.ProcessFunctionName!;
    const [mapping] = (await lambda.listEventSourceMappings({FunctionName})).EventSourceMappings ?? [];
    await lambda.updateEventSourceMapping({UUID: mapping!.UUID, Enabled});
    const wanted = Enabled ? 'Enabled' : 'Disabled';
    while ((await lambda.getEventSourceMapping({UUID: mapping!.UUID})).State !== wanted) await this.forward(step);
  }

  async quarantined(): Promise<QuarantineRecord[]> {
    const {Items = []} = await this.#table.scan({TableName: this.outputs.QuarantineTableName!, ConsistentRead: true});
    return Items as QuarantineRecord[];
  }

  /** Messages in each of the queues, waiting, delayed or being worked on. */
  async depths(): Promise<Record<string, number>> {
    const sqs = await this.#clients.sqs();
    const queues = Object.entries(this.outputs).filter(([name]) => name.endsWith('QueueUrl'));
    const depths = queues.map(async ([name, QueueUrl]) => {
      const {Attributes = {}} = await sqs.getQueueAttributes({
        QueueUrl,
        AttributeNames: [
          'ApproximateNumberOfMessages',
          'ApproximateNumberOfMessagesNotVisible',
          'ApproximateNumberOfMessagesDelayed',
        ],
      });
      return [name, Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0)] as const;
    });
    return Object.fromEntries(await Promise.all(depths));
  }
}

/** More at a time take more environments, each with a start of its own, and are answered no sooner on two cores. */
const clients = 5;
const finalStates = ['DONE', 'FAILED', 'EXPIRED'];
/** Milliseconds of the cloud's time, and of the machine's. */
const step = 1000;
const pace = 20;
/** DynamoDB gives no more with one call. */
const mostPerGet = 100;

interface OrchestrationOptions {
  readonly disorder?: Disorder;
  edit?(template: string): string;
  /** What makes the legacy system's order out of the client's. */
  editTransform?(source: string): string;
}

const transforms: Readonly<Record<string, string>> = {
  typescript: 'src/functions/process/transform.ts',
  python: 'src/process/transform.py',
};

function sign(claims: object, key: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({alg: 'HS256', typ: 'JWT'})}.${part(claims)}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}
