import {parseEventPattern} from '../../event-pattern.ts';
import {EventPatternError} from '../../event-pattern-language.ts';
import {notImplemented} from '../../service-error.ts';
import {invalidParameter} from './errors.ts';
import type {SnsStore, Subscription} from './store.ts';

const settable: Readonly<Record<string, (value: string) => void>> = {
  FilterPolicy: checkFilterPolicy,
  FilterPolicyScope: oneOf('FilterPolicyScope', 'MessageAttributes', 'MessageBody'),
  RawMessageDelivery: oneOf('RawMessageDelivery', 'true', 'false'),
  RedrivePolicy: checkRedrivePolicy,
};

export function checkSubscriptionAttributes(given: Readonly<Record<string, string>>, protocol: string): void {
  for (const [name, value] of Object.entries(given)) {
    const check = Object.hasOwn(settable, name) ? settable[name] : undefined;
    if (check === undefined) {
      if (/^(DeliveryPolicy|ReplayPolicy|SubscriptionRoleArn)$/.test(name))
        throw notImplemented(`the subscription attribute ${name}`);
      throw invalidParameter('AttributeName');
    }
    if (name === 'RawMessageDelivery' && value === 'true' && protocol === 'lambda')
      throw invalidParameter(
        'Attributes Reason: RawMessageDelivery: Delivery protocol [lambda] does not support raw message delivery.',
      );
    if (value !== '') check(value);
  }
}

export function changedSubscriptionAttributes(
  before: Readonly<Record<string, string>>,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries({...before, ...given}).filter(([, value]) => value !== '' && value !== '{}'),
  );
}

export function shownSubscriptionAttributes(subscription: Subscription, store: SnsStore): Map<string, string> {
  const {arn, topicArn, protocol, endpoint, principal, attributes} = subscription;
  return new Map(
    Object.entries({
      SubscriptionArn: arn,
      TopicArn: topicArn,
      Protocol: protocol,
      Endpoint: endpoint,
      Owner: store.options.account,
      SubscriptionPrincipal: principal,
      ConfirmationWasAuthenticated: 'true',
      PendingConfirmation: 'false',
      RawMessageDelivery: 'false',
      ...attributes,
      ...(attributes.FilterPolicy !== undefined && {
        FilterPolicyScope: attributes.FilterPolicyScope ?? 'MessageAttributes',
      }),
    }),
  );
}

export function deadLetterQueue({attributes}: Subscription): string | undefined {
  if (attributes.RedrivePolicy === undefined) return undefined;
  return (JSON.parse(attributes.RedrivePolicy) as {deadLetterTargetArn: string}).deadLetterTargetArn;
}

/** An empty policy takes it away. */
function checkFilterPolicy(text: string): void {
  if (text === '{}') return;
  try {
    parseEventPattern(text);
  } catch (error) {
    if (!(error instanceof EventPatternError)) throw error;
    throw invalidParameter(`Attributes Reason: FilterPolicy: ${error.message}`);
  }
}

function checkRedrivePolicy(text: string): void {
  let target: unknown;
  try {
    target = (JSON.parse(text) as {deadLetterTargetArn?: unknown} | null)?.deadLetterTargetArn;
  } catch {
    throw invalidParameter('Attributes Reason: RedrivePolicy: failed to parse JSON.');
  }
  if (typeof target !== 'string' || !/^arn:aws:sqs:[^:]+:\d{12}:[\w-]+$/.test(target))
    throw invalidParameter('Attributes Reason: RedrivePolicy: deadLetterTargetArn must be the ARN of a standard queue');
}

function oneOf(name: string, ...values: string[]): (value: string) => void {
  return value => {
    if (!values.includes(value)) throw invalidParameter(`Attributes Reason: ${name} must be ${values.join(' or ')}`);
  };
}
