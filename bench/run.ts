// npm run bench: what the embedded AWS costs, beside what a user would pick instead, in one run.
import {cpus, platform, release, totalmem} from 'node:os';
import {fileURLToPath} from 'node:url';
import {awsClients} from '../src/aws/clients.ts';
import {readIdentity} from '../src/aws/identity.ts';
import {deployService} from '../src/deploy/deploy-service.ts';
import {startLocalCloud} from '../src/local/cloud.ts';
import {table} from '../src/terminal/table.ts';
import {helloFunction} from './hello-function.ts';
import {compared, type Figure, median, rate, time} from './measure.ts';
import {start, startDynalite, startMoto} from './peers.ts';

const figures: Figure[] = [];

figures.push(await coldStart());
figures.push(...(await gatewayOverhead()));
figures.push(...(await pipeline()));
report(figures);

async function coldStart(): Promise<Figure> {
  const script = fileURLToPath(new URL('start-cloud.ts', import.meta.url));
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let pair = 0; pair < 7; pair++) {
    const gear = await start(port => [process.execPath, [script, String(port)]]);
    ours.push(gear.startMilliseconds);
    gear.close();
    const moto = await startMoto();
    if (moto !== undefined) theirs.push(moto.startMilliseconds);
    moto?.close();
  }
  const peer = theirs.length === 0 ? undefined : {name: 'moto_server', value: median(theirs)};
  return compared('start to first answer', median(ours), peer, 'ms');
}

/** Signature, authorisation by the caller's policies and the record of it, on top of the same DynamoDB. */
async function gatewayOverhead(): Promise<Figure[]> {
  const cloud = await startLocalCloud();
  const dynalite = await startDynalite();
  const moto = await startMoto();
  const measure = async (endpoint: string, credentials: {accessKeyId: string; secretAccessKey: string}) => {
    const client = await awsClients({endpoint, region: 'us-east-1', credentials}).dynamodb();
    await client.createTable({
      TableName: 'orders',
      KeySchema: [{AttributeName: 'id', KeyType: 'HASH'}],
      AttributeDefinitions: [{AttributeName: 'id', AttributeType: 'S'}],
      BillingMode: 'PAY_PER_REQUEST',
    });
    await client.putItem({TableName: 'orders', Item: {id: {S: '1'}, total: {N: '18.4'}}});
    const get = () => client.getItem({TableName: 'orders', Key: {id: {S: '1'}}});
    await rate(300, 1, get);
    return rate(1500, 1, get);
  };
  const anyone = {accessKeyId: 'test', secretAccessKey: 'test'};
  const ours: number[] = [];
  const bare: number[] = [];
  const theirs: number[] = [];
  try {
    ours.push(await measure(cloud.endpoint, cloud.credentials));
    bare.push(await measure(dynalite.endpoint, anyone));
    if (moto !== undefined) theirs.push(await measure(moto.endpoint, anyone));
  } finally {
    await cloud.close();
    dynalite.close();
    moto?.close();
  }
  return [
    compared('DynamoDB GetItem through the SDK', median(ours), {name: 'dynalite alone', value: median(bare)}, '/s'),
    ...(theirs.length === 0
      ? []
      : [compared('the same', median(ours), {name: 'moto_server', value: median(theirs)}, '/s')]),
  ];
}

async function pipeline(): Promise<Figure[]> {
  const cloud = await startLocalCloud();
  try {
    const clients = awsClients({endpoint: cloud.endpoint, region: cloud.region, credentials: cloud.credentials});
    const deploying = time(async () => {
      outputs = (
        await deployService(clients, await readIdentity(clients), {
          service: 'ingestion',
          stackName: 'ingestion',
          template: fileURLToPath(new URL('../dist/reference/ingestion/template.yaml', import.meta.url)),
          parameters: {},
          prebuilt: true,
          fallbackModules: [],
          pollMilliseconds: 20,
          onEvent: () => {},
          approve: async () => true,
        })
      ).outputs;
    });
    let outputs: Readonly<Record<string, string>> = {};
    const deployMilliseconds = await deploying;
    const s3 = await clients.s3();
    const dynamodb = await clients.dynamodb();
    const Bucket = outputs.InboxBucketName!;
    const put = (key: string) => s3.putObject({Bucket, Key: `incoming/${key}.json`, Body: '{"total": 18.4}'});
    const key = (name: string) => ({object: {S: `s3://${Bucket}/incoming/${name}.json`}, record: {S: 'metadata'}});
    const hasRow = async (name: string) =>
      (await dynamodb.getItem({TableName: outputs.ObjectTableName!, Key: key(name)})).Item !== undefined;
    const putToRow = async (name: string) => {
      await put(name);
      while (!(await hasRow(name)));
    };
    const cold = await time(() => putToRow('cold'));
    const warm: number[] = [];
    for (let n = 0; n < 30; n++) warm.push(await time(() => putToRow(`warm-${n}`)));
    const many = 300;
    const throughput = await time(async () => {
      await rate(many, 8, n => put(`many-${n}`));
      for (let n = 0; n < many; n++)
        while (!(await hasRow(`many-${n}`))) await new Promise(resolve => setTimeout(resolve, 10));
    });
    const invoke = await helloFunction(clients);
    await rate(200, 1, invoke);
    return [
      compared('deploy of the ingestion pipeline', deployMilliseconds, undefined, 'ms'),
      compared('S3 put -> row, first (cold)', cold, undefined, 'ms'),
      compared('S3 put -> row, warm (median of 30)', median(warm), undefined, 'ms'),
      compared(`objects end to end (${many})`, (many / throughput) * 1000, undefined, '/s'),
      compared('warm invokes, one at a time', await rate(1000, 1, invoke), undefined, '/s'),
      compared('warm invokes, 8 at a time', await rate(2000, 8, invoke), undefined, '/s'),
    ];
  } finally {
    await cloud.close();
  }
}

function report(rows: readonly Figure[]): void {
  const [cpu] = cpus();
  process.stdout.write(
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} x ${cpu?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${platform()} ${release()}, Node ${process.versions.node}\n\n`,
  );
  process.stdout.write(
    `${table([['what', 'gear', 'instead', 'gear / instead'], ...rows.map(({what, gear, peer, ratio}) => [what, gear, peer, ratio])])}\n`,
  );
}
