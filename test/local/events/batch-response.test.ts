import {expect, it} from 'vitest';
import {failedMessages} from '../../../src/local/events/batch-response.ts';

const cases: [string, string, string[]][] = [
  ['null', 'null', []],
  ['an empty object', '{}', []],
  ['an empty list', '{"batchItemFailures":[]}', []],
  ['a list that is null', '{"batchItemFailures":null}', []],
  ['one message', '{"batchItemFailures":[{"itemIdentifier":"b"}]}', ['b']],
  ['what is no JSON', 'orders', ['a', 'b', 'c']],
  ['what is no list', '{"batchItemFailures":"b"}', ['a', 'b', 'c']],
  ['an empty identifier', '{"batchItemFailures":[{"itemIdentifier":""}]}', ['a', 'b', 'c']],
  ['an identifier that is null', '{"batchItemFailures":[{"itemIdentifier":null}]}', ['a', 'b', 'c']],
  ['another key', '{"batchItemFailures":[{"messageId":"b"}]}', ['a', 'b', 'c']],
  [
    'a message of another batch',
    '{"batchItemFailures":[{"itemIdentifier":"b"},{"itemIdentifier":"z"}]}',
    ['a', 'b', 'c'],
  ],
];

it.each(cases)('an answer of %s means the failures Lambda takes it for', (_, response, failed) => {
  expect([...failedMessages(Buffer.from(response), ['a', 'b', 'c'])]).toEqual(failed);
});
