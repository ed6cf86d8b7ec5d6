import {expect, it} from 'vitest';
import {journeyAttributes, readJourney} from '../src/lib/dead-letter.ts';
import {received} from './fake-aws.ts';

const travelled = (journey: Parameters<typeof journeyAttributes>[0]) => {
  const attributes = journeyAttributes(journey) as Record<string, {DataType: string; StringValue: string}>;
  const {messageAttributes = {}} = received({QueueUrl: '', MessageBody: '', MessageAttributes: attributes});
  return readJourney({messageAttributes});
};

it('reads what it wrote', () => {
  const failure = {kind: 'permanent', name: 'Malformed', message: 'The JSON document is empty'} as const;
  const journey = {attempts: 2, firstFailedAt: '2026-11-21T09:30:01.000Z', failure};
  expect(travelled(journey)).toEqual(journey);
  expect(travelled({attempts: 0})).toEqual({attempts: 0});
});

it('starts at the beginning when there is nothing to read, or nonsense', () => {
  expect(readJourney({messageAttributes: {}})).toEqual({attempts: 0});
  expect(readJourney({messageAttributes: {Attempts: {dataType: 'Number', stringValue: 'many'}}})).toEqual({
    attempts: 0,
  });
});

it.each([
  ['nothing', '', '-'],
  ['control characters', 'a\u0000b\u001bc', 'a b c'],
  ['half a character', 'a\ud800', 'a\ufffd'],
  ['a very long message', 'x'.repeat(5000), 'x'.repeat(1000)],
])('makes a message that SQS accepts of %s', (_, message, accepted) => {
  const attributes = journeyAttributes({attempts: 0, failure: {kind: 'transient', name: 'Error', message}});
  expect(attributes.FailureMessage?.StringValue).toBe(accepted);
});
