import {resourcePolicyProblem} from '../../resource-policy.ts';
import {notImplemented} from '../../service-error.ts';
import {invalidParameter} from './errors.ts';
import type {SnsStore, Topic} from './store.ts';

/** What can be set on a topic: nothing is signed, encrypted with a key of KMS or logged about deliveries. */
const settable: Readonly<Record<string, (value: string) => string | undefined>> = {
  DisplayName: value => (value.length <= 100 ? undefined : 'it has more than 100 characters'),
  Policy: resourcePolicyProblem,
  SignatureVersion: value => (value === '1' || value === '2' ? undefined : 'it is 1 or 2'),
};

export function checkTopicAttributes(given: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(given)) {
    if (name === 'FifoTopic' && value === 'false') continue;
    const problemOf = Object.hasOwn(settable, name) ? settable[name] : undefined;
    if (problemOf === undefined) {
      if (known.has(name) || name.includes('Feedback')) throw notImplemented(`the topic attribute ${name}`);
      throw invalidParameter(`AttributeName: ${name}`);
    }
    const problem = value === '' ? undefined : problemOf(value);
    if (problem !== undefined) throw invalidParameter(`Attributes Reason: ${name} is not valid: ${problem}`);
  }
}

const known = new Set([
  'ArchivePolicy',
  'BeginningArchiveTime',
  'ContentBasedDeduplication',
  'DataProtectionPolicy',
  'DeliveryPolicy',
  'FifoThroughputScope',
  'FifoTopic',
  'KmsMasterKeyId',
  'TracingConfig',
]);

/** An empty value takes an attribute back to its default. */
export function changedTopicAttributes(
  before: Readonly<Record<string, string>>,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries({...before, ...given}).filter(([name, value]) => value !== '' && name !== 'FifoTopic'),
  );
}

export function shownTopicAttributes({arn, attributes}: Topic, store: SnsStore): Map<string, string> {
  const {account} = store.options;
  return new Map([
    ['TopicArn', arn],
    ['Owner', account],
    ['DisplayName', attributes.DisplayName ?? ''],
    ['Policy', policyOf(arn, attributes, account)],
    ...(attributes.SignatureVersion === undefined
      ? []
      : [['SignatureVersion', attributes.SignatureVersion] as [string, string]]),
    ['EffectiveDeliveryPolicy', JSON.stringify(deliveryPolicy)],
    ['SubscriptionsConfirmed', String(store.subscriptionsOf(arn).length)],
    ['SubscriptionsDeleted', '0'],
    ['SubscriptionsPending', '0'],
  ]);
}

/** A topic has a policy from the start, which lets its own account use it. */
export function policyOf(arn: string, attributes: Readonly<Record<string, string>>, account: string): string {
  if (attributes.Policy !== undefined) return attributes.Policy;
  const actions = [
    'GetTopicAttributes',
    'SetTopicAttributes',
    'AddPermission',
    'RemovePermission',
    'DeleteTopic',
    'Subscribe',
    'ListSubscriptionsByTopic',
    'Publish',
  ];
  return JSON.stringify({
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: {AWS: '*'},
        Action: actions.map(action => `SNS:${action}`),
        Resource: arn,
        Condition: {StringEquals: {'AWS:SourceOwner': account}},
      },
    ],
  });
}

const deliveryPolicy = {
  http: {
    defaultHealthyRetryPolicy: {
      minDelayTarget: 20,
      maxDelayTarget: 20,
      numRetries: 3,
      numMaxDelayRetries: 0,
      numNoDelayRetries: 0,
      numMinDelayRetries: 0,
      backoffFunction: 'linear',
    },
    disableSubscriptionOverrides: false,
  },
};
