import {arnIn} from '../place.ts';
import type {DeployedResource, ResourceNeeds} from '../resource-needs.ts';

const queueArn = ({place, names}: DeployedResource) => arnIn(place, 'sqs', names[0]!);
const topicArn = ({place, names}: DeployedResource) => arnIn(place, 'sns', names[0]!);

export const sqsQueue: ResourceNeeds = {
  type: 'AWS::SQS::Queue',
  service: 'sqs',
  group: 'Queues',
  name: {property: 'QueueName', longest: 80},
  on: resource => [queueArn(resource)],
  ref: ({place, names}) => `https://sqs.${place.region}.amazonaws.com/${place.account}/${names[0]}`,
  attributes: {Arn: queueArn, QueueName: ({names}) => names[0]!},
  always: {
    create: ['CreateQueue', 'TagQueue'],
    read: ['GetQueueAttributes', 'GetQueueUrl', 'ListQueueTags'],
    update: ['SetQueueAttributes', 'UntagQueue'],
    delete: ['DeleteQueue'],
  },
  plain: [
    'ContentBasedDeduplication',
    'DeduplicationScope',
    'DelaySeconds',
    'FifoQueue',
    'FifoThroughputLimit',
    'MaximumMessageSize',
    'MessageRetentionPeriod',
    'ReceiveMessageWaitTimeSeconds',
    'RedriveAllowPolicy',
    'RedrivePolicy',
    'SqsManagedSseEnabled',
    'Tags',
    'VisibilityTimeout',
  ],
};

export const sqsQueuePolicy: ResourceNeeds = {
  type: 'AWS::SQS::QueuePolicy',
  service: 'sqs',
  group: 'QueuePolicies',
  on: resource =>
    resource.texts('Queues').map(url => arnIn(resource.place, 'sqs', url.slice(url.lastIndexOf('/') + 1))),
  // Its handlers read nothing back, so there is no drift of it either.
  always: {create: ['SetQueueAttributes']},
  plain: ['PolicyDocument', 'Queues'],
};

export const snsTopic: ResourceNeeds = {
  type: 'AWS::SNS::Topic',
  service: 'sns',
  group: 'Topics',
  name: {property: 'TopicName', longest: 256},
  on: resource => [topicArn(resource)],
  ref: topicArn,
  attributes: {TopicArn: topicArn, TopicName: ({names}) => names[0]!},
  always: {
    create: ['CreateTopic', 'TagResource'],
    read: ['GetDataProtectionPolicy', 'GetTopicAttributes', 'ListSubscriptionsByTopic', 'ListTagsForResource'],
    update: ['SetTopicAttributes', 'UntagResource'],
    delete: ['DeleteTopic'],
  },
  when: {Subscription: {create: ['Subscribe'], update: ['Unsubscribe']}},
  plain: ['ContentBasedDeduplication', 'DisplayName', 'FifoTopic', 'SignatureVersion', 'Tags', 'TracingConfig'],
};

/** Of the types whose handlers the registry does not list: these are the calls that its properties take. */
export const snsSubscription: ResourceNeeds = {
  type: 'AWS::SNS::Subscription',
  service: 'sns',
  group: 'Subscriptions',
  on: resource => [resource.text('TopicArn')],
  always: {
    create: ['Subscribe'],
    read: ['GetSubscriptionAttributes', 'ListSubscriptionsByTopic'],
    update: ['SetSubscriptionAttributes'],
    delete: ['Unsubscribe'],
  },
  plain: [
    'Endpoint',
    'FilterPolicy',
    'FilterPolicyScope',
    'Protocol',
    'RawMessageDelivery',
    'RedrivePolicy',
    'TopicArn',
  ],
};

export const snsTopicPolicy: ResourceNeeds = {
  type: 'AWS::SNS::TopicPolicy',
  service: 'sns',
  group: 'TopicPolicies',
  on: resource => resource.texts('Topics'),
  // As with the policy of a queue, nothing is read back.
  always: {create: ['SetTopicAttributes']},
  plain: ['PolicyDocument', 'Topics'],
};
