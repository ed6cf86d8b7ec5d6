import {list, required, string, structure} from '../../shape.ts';
import {tagList} from '../../tag-list.ts';
import {requireAbsent} from '../require-absent.ts';
import {defineResource, type ResourceContext} from '../resource-type.ts';
import {tagChanges} from '../tags.ts';

interface Subscription {
  readonly Endpoint: string;
  readonly Protocol: string;
}

export const snsTopic = defineResource({
  type: 'AWS::SNS::Topic',
  properties: structure({
    DisplayName: string,
    SignatureVersion: string,
    Subscription: list(structure({Endpoint: required(string), Protocol: required(string)})),
    Tags: tagList,
    TopicName: string,
  }),
  createOnly: ['TopicName'],
  nameProperty: 'TopicName',
  attributes: ['TopicArn', 'TopicName'],
  async create({TopicName, Subscription = [], Tags, ...topic}, context) {
    const Name = TopicName ?? context.name({longest: 256});
    const TopicArn = `arn:aws:sns:${context.region}:${context.account}:${Name}`;
    if (TopicName !== undefined)
      await requireAbsent('AWS::SNS::Topic', Name, context.call('sns', 'GetTopicAttributes', {TopicArn}));
    await context.call('sns', 'CreateTopic', {
      Name,
      Attributes: attributesOf(topic),
      ...(Tags !== undefined && {Tags}),
    });
    context.created(TopicArn);
    for (const subscription of Subscription) await context.call('sns', 'Subscribe', {TopicArn, ...subscription});
    return {id: TopicArn, attributes: {TopicArn, TopicName: Name}};
  },
  async update({id: TopicArn, properties: before, attributes}, after, context) {
    const now = attributesOf(after);
    for (const [AttributeName, old] of Object.entries({...attributesOf(before), ...now}))
      if (now[AttributeName] !== attributesOf(before)[AttributeName] || now[AttributeName] === undefined)
        await context.call('sns', 'SetTopicAttributes', {
          TopicArn,
          AttributeName,
          AttributeValue: now[AttributeName] === undefined ? '' : old,
        });
    await changeSubscriptions(TopicArn, before.Subscription ?? [], after.Subscription ?? [], context);
    const {set, removed} = tagChanges(before.Tags, after.Tags);
    if (set.length > 0) await context.call('sns', 'TagResource', {ResourceArn: TopicArn, Tags: set});
    if (removed.length > 0) await context.call('sns', 'UntagResource', {ResourceArn: TopicArn, TagKeys: removed});
    return {id: TopicArn, attributes};
  },
  async delete({id: TopicArn}, context) {
    await context.call('sns', 'DeleteTopic', {TopicArn});
  },
});

function attributesOf(topic: {
  readonly DisplayName?: string | undefined;
  readonly SignatureVersion?: string | undefined;
}): Record<string, string> {
  const {DisplayName, SignatureVersion} = topic;
  return {...(DisplayName !== undefined && {DisplayName}), ...(SignatureVersion !== undefined && {SignatureVersion})};
}

async function changeSubscriptions(
  TopicArn: string,
  before: readonly Subscription[],
  after: readonly Subscription[],
  context: ResourceContext,
): Promise<void> {
  const gone = before.filter(({Endpoint}) => !after.some(subscription => subscription.Endpoint === Endpoint));
  const {Subscriptions} = await context.call<{Subscriptions: (Subscription & {SubscriptionArn: string})[]}>(
    'sns',
    'ListSubscriptionsByTopic',
    {TopicArn},
  );
  for (const {Endpoint, SubscriptionArn} of Subscriptions)
    if (gone.some(subscription => subscription.Endpoint === Endpoint))
      await context.call('sns', 'Unsubscribe', {SubscriptionArn});
  for (const subscription of after) await context.call('sns', 'Subscribe', {TopicArn, ...subscription});
}
