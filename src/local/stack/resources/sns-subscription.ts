import {boolean, document, type Infer, required, string, structure} from '../../shape.ts';
import {policyText} from '../policy-text.ts';
import {defineResource} from '../resource-type.ts';

const properties = structure({
  Endpoint: required(string),
  FilterPolicy: document,
  FilterPolicyScope: string,
  Protocol: required(string),
  RawMessageDelivery: boolean,
  RedrivePolicy: document,
  TopicArn: required(string),
});

export const snsSubscription = defineResource({
  type: 'AWS::SNS::Subscription',
  properties,
  createOnly: ['Endpoint', 'Protocol', 'TopicArn'],
  attributes: ['Arn'],
  async create(subscription, context) {
    const {TopicArn, Protocol, Endpoint} = subscription;
    const {SubscriptionArn} = await context.call<{SubscriptionArn: string}>('sns', 'Subscribe', {
      TopicArn,
      Protocol,
      Endpoint,
      Attributes: attributesOf(subscription),
    });
    return {id: SubscriptionArn, attributes: {Arn: SubscriptionArn}};
  },
  async update({id: SubscriptionArn, properties: before, attributes}, after, context) {
    const [old, now] = [attributesOf(before), attributesOf(after)];
    for (const AttributeName of Object.keys({...old, ...now})) {
      const AttributeValue = now[AttributeName] ?? '';
      if (old[AttributeName] !== now[AttributeName])
        await context.call('sns', 'SetSubscriptionAttributes', {SubscriptionArn, AttributeName, AttributeValue});
    }
    return {id: SubscriptionArn, attributes};
  },
  async delete({id: SubscriptionArn}, context) {
    await context.call('sns', 'Unsubscribe', {SubscriptionArn});
  },
});

function attributesOf({FilterPolicy, FilterPolicyScope, RawMessageDelivery, RedrivePolicy}: Infer<typeof properties>) {
  const attributes: Record<string, string> = {};
  if (FilterPolicyScope !== undefined) attributes.FilterPolicyScope = FilterPolicyScope;
  if (FilterPolicy !== undefined) attributes.FilterPolicy = policyText(FilterPolicy);
  if (RawMessageDelivery !== undefined) attributes.RawMessageDelivery = String(RawMessageDelivery);
  if (RedrivePolicy !== undefined) attributes.RedrivePolicy = policyText(RedrivePolicy);
  return attributes;
}
