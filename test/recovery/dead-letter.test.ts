import {Chalk} from 'chalk';
import {expect, test} from 'vitest';
import {deadLetter} from '../../src/recovery/dead-letter.ts';
import {deadLettersText} from '../../src/report/dlq.ts';

const system = {SentTimestamp: '0', ApproximateReceiveCount: '1'};
const shown = (body: object) => {
  const letter = deadLetter({MessageId: 'a', Attributes: system, Body: JSON.stringify(body)});
  return deadLettersText('failed', [letter], {full: false, paint: new Chalk({level: 0})});
};

test('a message that Lambda gave up says why and whence', () => {
  const text = shown({
    requestContext: {condition: 'RetriesExhausted', requestId: 'id', functionArn: 'arn:fn'},
    responsePayload: {errorType: 'Late', errorMessage: 'too late'},
    Records: [{s3: {bucket: {name: 'receipts'}, object: {key: 'a%20b+c'}}}],
  });
  expect(text).toContain('Late: too late');
  expect(text).toContain('function arn:fn');
  expect(text).toContain('s3://receipts/a b c');
});

test('one that only looks like it is shown as it is', () => {
  const odd = {toString: 1};
  const text = shown({
    requestContext: {condition: 'RetriesExhausted', requestId: odd, functionArn: odd},
    responsePayload: {errorType: odd, errorMessage: odd},
    Type: 'Notification',
    TopicArn: odd,
    Records: [null, {s3: null}, {s3: {bucket: {name: odd}, object: {key: 1}}}],
  });
  expect(text).toContain('cause    RetriesExhausted');
});
