import {randomUUID} from 'node:crypto';
import {operationOf} from '../../../operation.ts';
import {notImplemented} from '../../../service-error.ts';
import {boolean, map, required, string, structure} from '../../../shape.ts';
import {invalidParameter} from '../errors.ts';
import type {SnsStore, Subscription} from '../store.ts';
import {changedSubscriptionAttributes, checkSubscriptionAttributes} from '../subscription-attributes.ts';

export const subscribe = operationOf<SnsStore>()({
  name: 'Subscribe',
  input: structure({
    TopicArn: required(string),
    Protocol: required(string),
    Endpoint: string,
    Attributes: map(string),
    ReturnSubscriptionArn: boolean,
  }),
  permissions: ({TopicArn, Protocol, Endpoint}) => [
    {
      action: 'sns:Subscribe',
      resource: TopicArn,
      context: {'sns:Protocol': Protocol, ...(Endpoint !== undefined && {'sns:Endpoint': Endpoint})},
    },
  ],
  run({TopicArn, Protocol, Endpoint = '', Attributes = {}}, {caller}, store) {
    const topic = store.topic(TopicArn);
    const protocol = checkEndpoint(Protocol, Endpoint);
    checkSubscriptionAttributes(Attributes, protocol);
    const attributes = changedSubscriptionAttributes({}, Attributes);
    const existing = store
      .subscriptionsOf(topic.arn)
      .find(subscription => subscription.protocol === protocol && subscription.endpoint === Endpoint);
    if (existing !== undefined) {
      if (Object.entries(attributes).some(([name, value]) => existing.attributes[name] !== value))
        throw invalidParameter('Attributes Reason: Subscription already exists with different attributes');
      return {SubscriptionArn: existing.arn};
    }
    const arn = `${topic.arn}:${randomUUID()}`;
    const principal =
      caller.kind === 'role' ? caller.roleArn : caller.kind === 'service' ? caller.principal : caller.arn;
    store.subscriptions.set(arn, {arn, topicArn: topic.arn, protocol, endpoint: Endpoint, principal, attributes});
    return {SubscriptionArn: arn};
  },
});

const notHere = new Set(['application', 'email', 'email-json', 'firehose', 'http', 'https', 'sms']);

function checkEndpoint(protocol: string, endpoint: string): Subscription['protocol'] {
  if (notHere.has(protocol)) throw notImplemented(`subscriptions of protocol ${protocol}`);
  if (protocol !== 'sqs' && protocol !== 'lambda')
    throw invalidParameter(`Amazon SNS does not support this protocol string: ${protocol}`);
  if (!endpoint.startsWith(`arn:aws:${protocol}:`))
    throw invalidParameter(`${protocol === 'sqs' ? 'SQS' : 'Lambda'} endpoint ARN`);
  if (endpoint.endsWith('.fifo'))
    throw invalidParameter('Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics');
  return protocol;
}
