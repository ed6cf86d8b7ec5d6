import {expect} from 'vitest';
import {demoFiles} from '../../scripts/demo-files.ts';
import {messages, type Row, rows} from '../e2e/service.ts';
import {untilQueuesAreEmpty} from './look.ts';
import type {Stage} from './stage.ts';

/**
 * An object becomes a row; one that is malformed becomes a failure record; one whose part comes later becomes a row
 * when it is tried again.
 */
export async function driveIngestion(stage: Stage): Promise<void> {
  const {outputs, clients, forward, until} = stage;
  const files = demoFiles();
  const put = (name: string) =>
    clients.s3.putObject({Bucket: outputs.InboxBucketName!, Key: `incoming/${name}`, Body: files[name]!});
  const untilRow = async (name: string, record = 'metadata', ask = () => rows(clients, outputs.ObjectTableName!)) =>
    rowOf(await until(ask, all => rowOf(all, name, record) !== undefined), name, record)!;

  await put('order.json');
  expect(await untilRow('order.json')).toMatchObject({
    contentType: 'application/json',
    details: {keys: ['order', 'customer', 'lines', 'total']},
  });
  await put('truncated.json');
  expect(await untilRow('truncated.json', 'failure')).toMatchObject({
    cause: {kind: 'permanent', name: 'Malformed'},
    payload: {bucket: outputs.InboxBucketName, key: 'incoming/truncated.json', size: 60},
  });
  await put('delivery.manifest.json');
  // It failed once when its message waits, delayed, to be tried again.
  await until(
    () => messages(clients, outputs.IngestQueueUrl!, 'ApproximateNumberOfMessagesDelayed'),
    count => count === 1,
  );
  await put('march.csv');
  await untilRow('march.csv');
  const again = async () => {
    await forward('+1s');
    return rows(clients, outputs.ObjectTableName!);
  };
  expect(await untilRow('delivery.manifest.json', 'metadata', again)).toMatchObject({details: {parts: ['march.csv']}});
  await untilQueuesAreEmpty(stage);
  const all = await rows(clients, outputs.ObjectTableName!);
  expect(rowOf(all, 'truncated.json', 'metadata')).toBeUndefined();
  expect(all.filter(({record}) => record.startsWith('failure'))).toHaveLength(1);
}

function rowOf(all: readonly Row[], name: string, record: string): Row | undefined {
  return all.find(row => row.object.endsWith(`/incoming/${name}`) && row.record.startsWith(record));
}
