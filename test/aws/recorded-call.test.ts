import {expect, test} from 'vitest';
import {answerOf, recordedCall} from '../../src/aws/recorded-call.ts';

const call = {service: 'Lambda', operation: 'ListFunctions', input: {Marker: undefined, MaxItems: 50}};

const kept = (answer: Parameters<typeof recordedCall>[1]) =>
  JSON.parse(JSON.stringify(recordedCall(call, answer))) as ReturnType<typeof recordedCall>;

test('an answer comes back as it was, dates included', () => {
  const output = {Roles: [{CreateDate: new Date(0), Tags: {Environment: 'prod'}, Path: '/', Size: 1, On: false}]};
  expect(answerOf(kept({output: {...output, $metadata: {requestId: 'a'}}}))).toEqual({...output, $metadata: {}});
});

test('a date that somebody has damaged is none', () => {
  const damaged = {...call, output: {CreateDate: {$date: {toString: 1, valueOf: 1}}}};
  expect(answerOf(damaged)).toEqual({CreateDate: new Date(Number.NaN), $metadata: {}});
});

test('a refusal is thrown again with what AWS said', () => {
  const error = Object.assign(new Error('Rate exceeded'), {
    name: 'TooManyRequestsException',
    $metadata: {httpStatusCode: 429},
  });
  expect(() => answerOf(kept({error}))).toThrow(
    expect.objectContaining({
      name: 'TooManyRequestsException',
      message: 'Rate exceeded',
      $metadata: {httpStatusCode: 429},
    }),
  );
});

test.each([
  [{Environment: {Variables: {TOKEN: 'hunter2'}}}, {Environment: {Variables: {TOKEN: ''}}}],
  [
    {Location: 'https://bucket/key?X-Amz-Security-Token=hunter2&X-Amz-Signature=hunter2'},
    {Location: 'https://bucket/key'},
  ],
])('what could be a secret in %j is not kept', (output, expected) => {
  expect(kept({output}).output).toEqual(expected);
});
