import {openEventsBench} from './events-bench.ts';

export interface EventRecord {
  readonly eventID: string;
  readonly eventName: string;
  readonly dynamodb: {
    readonly Keys: {readonly id: {readonly S: string}};
    readonly NewImage?: Readonly<Record<string, object>>;
    readonly SequenceNumber: string;
  };
}

/** A table of requests with a stream, and a function that its mapping invokes. */
export async function openStreamBench() {
  const bench = openEventsBench();
  const dynamodb = <T = Record<string, unknown>>(operation: string, input: object = {}) =>
    bench.callService<T>('dynamodb', operation, {TableName: 'requests', ...input});
  const {TableDescription} = await dynamodb<{TableDescription: {LatestStreamArn: string}}>('CreateTable', {
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{AttributeName: 'id', AttributeType: 'S'}],
    KeySchema: [{AttributeName: 'id', KeyType: 'HASH'}],
    StreamSpecification: {StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES'},
  });
  const streamArn = TableDescription.LatestStreamArn;
  await bench.createFunction();
  const batches = () =>
    bench.invocations.map(
      ({payload}) => (JSON.parse(Buffer.from(payload).toString()) as {Records: EventRecord[]}).Records,
    );
  return {
    ...bench,
    dynamodb,
    streamArn,
    put: (id: string, more: object = {}) => dynamodb('PutItem', {Item: {id: {S: id}, ...more}}),
    map: (input: object = {}) =>
      bench.call<{UUID: string}>('CreateEventSourceMapping', {
        FunctionName: 'orders',
        EventSourceArn: streamArn,
        StartingPosition: 'TRIM_HORIZON',
        ...input,
      }),
    batches,
    ids: () => batches().map(batch => batch.map(record => record.dynamodb.Keys.id.S)),
  };
}

/** Moves the clock on, a second at a time, until something has come about. */
export async function advanceUntil(
  clock: {advance(milliseconds: number): Promise<void>},
  condition: () => boolean | Promise<boolean>,
): Promise<void> {
  while (!(await condition())) {
    await clock.advance(1000);
    await new Promise(resolve => setTimeout(resolve, 1));
  }
}
