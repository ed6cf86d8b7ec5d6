import {fileURLToPath} from 'node:url';
import type {AwsClients} from '../src/aws/clients.ts';
import {readIdentity} from '../src/aws/identity.ts';
import {deployService} from '../src/deploy/deploy-service.ts';
import {compare, type Figure} from './figure.ts';
import {helloFunction} from './hello-function.ts';
import {rate, type Subject, time} from './measure.ts';
import {startGear} from './peers.ts';

const template = fileURLToPath(new URL('../dist/reference/ingestion/template.yaml', import.meta.url));

/** The reference pipeline (S3, SQS, Lambda, DynamoDB), and a function that does nothing. */
export async function pipeline(): Promise<Figure[]> {
  const gear = await startGear();
  try {
    const {clients} = gear;
    let outputs: Readonly<Record<string, string>> = {};
    const deploying = await compare(
      'deploy of the ingestion pipeline',
      'ms',
      {name: 'gear', measure: () => time(async () => (outputs = await deploy(clients)))},
      [],
      1,
    );
    const objects = await ingestion(clients, outputs);
    const invoke = await helloFunction(clients);
    await rate(100, 1, invoke);
    return [
      ...deploying,
      ...(await compare('S3 put to row, first', 'ms', objects.putToRow('first'), [], 1)),
      ...(await compare('S3 put to row, warm', 'ms', objects.putToRow('warm'), [], 20)),
      ...(await compare('objects end to end, 100 at once', '/s', objects.many(100), [], 3)),
      ...(await compare('warm invoke, 1 at a time', '/s', invokes(invoke, 1), [], 5)),
      ...(await compare('warm invoke, 8 at a time', '/s', invokes(invoke, 8), [], 5)),
    ];
  } finally {
    await gear.close();
  }
}

function invokes(invoke: () => Promise<unknown>, concurrency: number): Subject {
  return {name: 'gear local', measure: () => rate(300, concurrency, invoke)};
}

async function deploy(clients: AwsClients): Promise<Readonly<Record<string, string>>> {
  const {outputs} = await deployService(clients, await readIdentity(clients), {
    service: 'ingestion',
    stackName: 'ingestion',
    template,
    parameters: {},
    prebuilt: true,
    fallbackModules: [],
    pollMilliseconds: 20,
    onEvent: () => {},
    approve: async () => true,
  });
  return outputs;
}

async function ingestion(clients: AwsClients, outputs: Readonly<Record<string, string>>) {
  const s3 = await clients.s3();
  const dynamodb = await clients.dynamodb();
  const {InboxBucketName: Bucket, ObjectTableName: TableName} = outputs;
  const put = (name: string) => s3.putObject({Bucket, Key: `incoming/${name}.json`, Body: '{"total": 18.4}'});
  const row = async (name: string) => {
    const Key = {object: {S: `s3://${Bucket}/incoming/${name}.json`}, record: {S: 'metadata'}};
    while ((await dynamodb.getItem({TableName, Key})).Item === undefined)
      await new Promise(resolve => setTimeout(resolve, 5));
  };
  return {
    putToRow: (name: string): Subject => ({
      name: 'gear local',
      measure: round =>
        time(async () => {
          await put(`${name}-${round}`);
          await row(`${name}-${round}`);
        }),
    }),
    many: (count: number): Subject => ({
      name: 'gear local',
      async measure(round) {
        const names = Array.from({length: count}, (_, index) => `many-${round}-${index}`);
        const milliseconds = await time(async () => {
          await rate(count, 8, index => put(names[index]!));
          for (const name of names) await row(name);
        });
        return (count / milliseconds) * 1000;
      },
    }),
  };
}
