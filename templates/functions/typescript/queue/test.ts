import {readFileSync} from 'node:fs';
import type {SQSEvent} from 'aws-lambda';
import {expect, it} from 'vitest';
import {handler} from '../src/functions/gear-name/handler.ts';

const event: SQSEvent = JSON.parse(readFileSync(new URL('../events/gear-name.json', import.meta.url), 'utf8'));
const [record] = event.Records;

it('takes a message', async () => {
  expect(await handler(event)).toEqual({batchItemFailures: []});
});

it('leaves in the queue what it cannot read, and nothing else', async () => {
  const broken = {...record!, messageId: 'broken', body: '{'};
  expect(await handler({Records: [broken, record!]})).toEqual({batchItemFailures: [{itemIdentifier: 'broken'}]});
});
