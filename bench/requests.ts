import {compare, type Figure} from './figure.ts';
import {rate, type Subject} from './measure.ts';
import {
  type Peer,
  processorTime,
  residentMemory,
  startBareServer,
  startDynalite,
  startGear,
  startMoto,
} from './peers.ts';

const memoryRequests = 5000;

/** Requests of one client, one after the other, to servers in processes of their own. */
export async function requests(): Promise<Figure[]> {
  const gear = await startGear();
  const idle = residentMemory(gear);
  const [dynalite, moto, bare] = await Promise.all([startDynalite(), startMoto(), startBareServer()]);
  const peers = [gear, dynalite, bare, ...(moto === undefined ? [] : [moto])];
  try {
    const figures: Figure[] = [];
    for (const [what, make, others] of [
      ['DynamoDB PutItem', putItem, [dynalite, moto]],
      ['DynamoDB GetItem', getItem, [bare, dynalite, moto]],
      ['SQS SendMessage', sendMessage, [moto]],
      ['SQS send, receive, delete', throughQueue, [moto]],
      ['S3 PutObject, 1 kB', putObject, [moto]],
      ['S3 GetObject, 1 kB', getObject, [moto]],
    ] as const) {
      const others_ = await Promise.all(others.map(peer => peer && requestRate(peer, make)));
      figures.push(...(await compare(what, '/s', await requestRate(gear, make), others_, 5)));
    }
    figures.push(...(await processorTimes(gear, bare)));
    figures.push(...(await memory(gear, idle)));
    return figures;
  } finally {
    await Promise.all(peers.map(peer => peer.close()));
  }
}

type Request = (peer: Peer) => Promise<(index: number) => Promise<unknown>>;

async function requestRate(peer: Peer, make: Request): Promise<Subject> {
  const request = await make(peer);
  // moto takes some tens of requests a second.
  const count = peer.name === 'moto_server' ? 50 : 400;
  await rate(count / 4, 1, index => request(-1 - index));
  return {name: peer.name, measure: round => rate(count, 1, index => request(round * count + index))};
}

/** What the gateway takes on top of HTTP: signature, decoding, authorisation, its record, and the item. */
async function processorTimes(gear: Peer, bare: Peer): Promise<Figure[]> {
  if (processorTime(gear) === undefined) return [];
  const count = 1000;
  const subject = async (peer: Peer): Promise<Subject> => {
    const request = await getItem(peer);
    return {
      name: peer.name,
      async measure() {
        const before = processorTime(peer)!;
        await rate(count, 1, request);
        return (processorTime(peer)! - before) / count;
      },
    };
  };
  return compare('processor time of a GetItem', 'us', await subject(gear), [await subject(bare)], 5);
}

async function memory(gear: Peer, idle: number | undefined): Promise<Figure[]> {
  if (idle === undefined) return [];
  await rate(memoryRequests, 4, await getItem(gear));
  const row = (what: string, mebibytes: number): Figure => ({
    what,
    gear: `${mebibytes.toFixed(0)} MiB`,
    instead: '',
    ratio: '',
  });
  return [
    row('memory of gear local, just started', idle),
    row(`memory after all of the above and ${memoryRequests} requests more`, residentMemory(gear)!),
  ];
}

const TableName = 'orders';

async function orders({clients, name}: Peer) {
  const dynamodb = await clients.dynamodb();
  if (name === 'node:http' || (await dynamodb.listTables({})).TableNames?.includes(TableName)) return dynamodb;
  await dynamodb.createTable({
    TableName,
    KeySchema: [{AttributeName: 'id', KeyType: 'HASH'}],
    AttributeDefinitions: [{AttributeName: 'id', AttributeType: 'S'}],
    BillingMode: 'PAY_PER_REQUEST',
  });
  await dynamodb.putItem({TableName, Item: {id: {S: '1'}, total: {N: '18.4'}}});
  return dynamodb;
}

const putItem: Request = async peer => {
  const dynamodb = await orders(peer);
  return index => dynamodb.putItem({TableName, Item: {id: {S: String(index)}, total: {N: '18.4'}}});
};

const getItem: Request = async peer => {
  const dynamodb = await orders(peer);
  return () => dynamodb.getItem({TableName, Key: {id: {S: '1'}}});
};

const sendMessage: Request = async ({clients}) => {
  const sqs = await clients.sqs();
  const {QueueUrl} = await sqs.createQueue({QueueName: 'sent'});
  return () => sqs.sendMessage({QueueUrl, MessageBody: '{"order": 7}'});
};

const throughQueue: Request = async ({clients}) => {
  const sqs = await clients.sqs();
  const {QueueUrl} = await sqs.createQueue({QueueName: 'through'});
  return async () => {
    await sqs.sendMessage({QueueUrl, MessageBody: '{"order": 7}'});
    const {Messages} = await sqs.receiveMessage({QueueUrl});
    await sqs.deleteMessage({QueueUrl, ReceiptHandle: Messages![0]!.ReceiptHandle});
  };
};

const Bucket = 'receipts';
const Body = 'x'.repeat(1000);

const putObject: Request = async ({clients}) => {
  const s3 = await clients.s3();
  await s3.createBucket({Bucket});
  return index => s3.putObject({Bucket, Key: `receipt-${index}`, Body});
};

const getObject: Request = async ({clients}) => {
  const s3 = await clients.s3();
  await s3.putObject({Bucket, Key: 'receipt', Body});
  return async () => (await s3.getObject({Bucket, Key: 'receipt'})).Body!.transformToString();
};
