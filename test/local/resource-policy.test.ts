import {expect, test} from 'vitest';
import {arnOf, assembledCloud, policy} from './assembled-cloud.ts';

const malformed = policy({Effect: 'Maybe', Principal: '*', Action: '*', Resource: '*'});
const unaddressed = policy({Effect: 'Allow', Action: 'sns:Publish', Resource: '*'});
const TopicArn = arnOf('sns', 'orders');

// Kept, it would decide every request from then on, that for another policy too.
test.each([
  ['sns', 'CreateTopic', {Name: 'orders', Attributes: {Policy: malformed}}, 'Effect is "Maybe"'],
  ['sns', 'SetTopicAttributes', {TopicArn, AttributeName: 'Policy', AttributeValue: unaddressed}, 'field Principal'],
  ['sqs', 'CreateQueue', {QueueName: 'orders', Attributes: {Policy: malformed}}, 'Effect is "Maybe"'],
  ['events', 'PutPermission', {Policy: malformed}, 'Effect is "Maybe"'],
  ['events', 'PutPermission', {Policy: '{"Statement": 7}'}, 'Statement is 7'],
])('%s: %s refuses a policy that cannot be evaluated', async (service, operation, input, message) => {
  const cloud = assembledCloud();
  if (operation === 'SetTopicAttributes') await cloud.call('sns', 'CreateTopic', {Name: 'orders'});
  await expect(cloud.call(service, operation, input)).rejects.toThrow(message);
});
