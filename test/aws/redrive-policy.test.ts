import {expect, test} from 'vitest';
import {parseRedrivePolicy} from '../../src/aws/redrive-policy.ts';

const arn = 'arn:aws:sqs:eu-central-1:111122223333:failed';

test.each([
  [undefined, undefined],
  ['', undefined],
  [JSON.stringify({deadLetterTargetArn: arn, maxReceiveCount: '3'}), {deadLetterTargetArn: arn, maxReceiveCount: 3}],
  [JSON.stringify({deadLetterTargetArn: arn}), {deadLetterTargetArn: arn, maxReceiveCount: 10}],
])('reads %s', (text, policy) => {
  expect(parseRedrivePolicy(text)).toEqual(policy);
});

test.each(['{', 'null', '7', '{"deadLetterTargetArn": {}}', '{"maxReceiveCount": []}'])('refuses %s', text => {
  expect(() => parseRedrivePolicy(text)).toThrow(`The redrive policy cannot be read: ${text}`);
});
