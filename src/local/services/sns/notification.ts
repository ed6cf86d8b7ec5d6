import type {ServicePrincipal} from '../../caller.ts';
import type {DeliveredAttribute, DeliveryTarget, NewDelivery} from '../../deliveries.ts';
import type {Message} from './message.ts';
import type {SnsStore, Subscription} from './store.ts';
import {deadLetterQueue} from './subscription-attributes.ts';

/** Three at once, two after a second, ten backing off, and then one every 20 seconds for 23 days. */
const retry = {attempts: 100_015, ageSeconds: 23 * 86_400};

/** What one subscriber is sent, as SNS itself: the queue's policy or the function's must let the topic in. */
export function notification(
  subscription: Subscription,
  message: Message,
  endpoint: string,
  store: SnsStore,
): NewDelivery {
  const {topicArn} = subscription;
  const {account, clock} = store.options;
  const caller: ServicePrincipal = {
    kind: 'service',
    principal: 'sns.amazonaws.com',
    sourceArn: topicArn,
    sourceAccount: account,
  };
  const time = new Date(clock.now()).toISOString();
  const target =
    subscription.protocol === 'sqs'
      ? toQueue(subscription, message, time, endpoint)
      : toFunction(subscription, message, time, endpoint);
  const queueArn = deadLetterQueue(subscription);
  if (queueArn === undefined) return {caller, target, retry};
  const body = target.kind === 'queue' ? target.body : JSON.stringify(envelope(subscription, message, time, endpoint));
  const attributes = target.kind === 'queue' ? target.attributes : undefined;
  return {caller, target, retry, deadLetter: {queueArn, caller, body, ...(attributes && {attributes})}};
}

function toQueue(subscription: Subscription, message: Message, time: string, endpoint: string): DeliveryTarget {
  const arn = subscription.endpoint;
  if (subscription.attributes.RawMessageDelivery !== 'true')
    return {kind: 'queue', arn, body: JSON.stringify(envelope(subscription, message, time, endpoint))};
  const attributes = Object.entries(message.attributes).map(([name, {type, value}]): [string, DeliveredAttribute] => [
    name,
    type.startsWith('Binary') ? {DataType: type, binary: value} : {DataType: type, StringValue: value},
  ]);
  const body = message.text('sqs');
  return {kind: 'queue', arn, body, ...(attributes.length > 0 && {attributes: Object.fromEntries(attributes)})};
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
function toFunction(subscription: Subscription, message: Message, time: string, endpoint: string): DeliveryTarget {
  const {SigningCertURL, UnsubscribeURL, Type, MessageId, TopicArn, Message, Timestamp, ...rest} = envelope(
    subscription,
    message,
    time,
    endpoint,
  );
  const Sns = {
    Type,
    MessageId,
    TopicArn,
    Subject: message.subject ?? null,
    Message,
    Timestamp,
    SignatureVersion: rest.SignatureVersion,
    Signature: rest.Signature,
    SigningCertUrl: SigningCertURL,
    UnsubscribeUrl: UnsubscribeURL,
    MessageAttributes: rest.MessageAttributes ?? {},
  };
  const record = {EventSource: 'aws:sns', EventVersion: '1.0', EventSubscriptionArn: subscription.arn, Sns};
  return {kind: 'function', arn: subscription.endpoint, payload: JSON.stringify({Records: [record]})};
}

/**
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html#http-notification-json
 * Its signature is one in form only: the key is Amazon's.
 */
function envelope({arn, topicArn, protocol}: Subscription, message: Message, Timestamp: string, endpoint: string) {
  const attributes = Object.entries(message.attributes).map(([name, {type, value}]) => [
    name,
    {Type: type, Value: value},
  ]);
  return {
    Type: 'Notification',
    MessageId: message.id,
    TopicArn: topicArn,
    ...(message.subject !== undefined && {Subject: message.subject}),
    Message: message.text(protocol),
    Timestamp,
    SignatureVersion: '1',
    Signature: Buffer.from('gear local does not sign').toString('base64'),
    SigningCertURL: `${endpoint}/SimpleNotificationService.pem`,
    UnsubscribeURL: `${endpoint}/?Action=Unsubscribe&SubscriptionArn=${arn}`,
    ...(attributes.length > 0 && {
      MessageAttributes: Object.fromEntries(attributes) as Record<string, {Type: string; Value: string}>,
    }),
  };
}
