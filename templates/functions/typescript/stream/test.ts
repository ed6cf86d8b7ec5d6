import {readFileSync} from 'node:fs';
import type {DynamoDBStreamEvent} from 'aws-lambda';
import {expect, it} from 'vitest';
import {handler} from '../src/functions/gear-name/handler.ts';

const event: DynamoDBStreamEvent = JSON.parse(
  readFileSync(new URL('../events/gear-name.json', import.meta.url), 'utf8'),
);
const [record] = event.Records;

it('takes a record', async () => {
  expect(await handler(event)).toEqual({batchItemFailures: []});
});

it('stops at the record that fails', async () => {
  const broken = {...record!, dynamodb: {SequenceNumber: '7'}};
  expect(await handler({Records: [record!, broken, record!]})).toEqual({batchItemFailures: [{itemIdentifier: '7'}]});
});
