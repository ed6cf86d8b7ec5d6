import {expect, test} from 'vitest';
import {functionAnswer} from '../../../src/local/execute-api/function-answer.ts';

const odd = {toString: 1};

test.each([
  ['a status', {statusCode: odd}],
  ['a cookie', {statusCode: 200, cookies: [odd]}],
  ['a value of a header', {statusCode: 200, multiValueHeaders: {a: [odd]}}],
])('makes no answer of %s that is no text', (_, answer) => {
  expect(functionAnswer(Buffer.from(JSON.stringify(answer)), '1.0')).toBeUndefined();
});
