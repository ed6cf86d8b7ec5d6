import {boolean, document, type Infer, integer, string, structure} from '../../shape.ts';
import {tagList, tagMap} from '../../tag-list.ts';
import {policyText} from '../policy-text.ts';
import {requireAbsent} from '../require-absent.ts';
import {defineResource, type ResourceContext} from '../resource-type.ts';
import {tagChanges} from '../tags.ts';

const properties = structure({
  ContentBasedDeduplication: boolean,
  DeduplicationScope: string,
  DelaySeconds: integer,
  FifoQueue: boolean,
  FifoThroughputLimit: string,
  MaximumMessageSize: integer,
  MessageRetentionPeriod: integer,
  QueueName: string,
  ReceiveMessageWaitTimeSeconds: integer,
  RedriveAllowPolicy: document,
  RedrivePolicy: document,
  SqsManagedSseEnabled: boolean,
  Tags: tagList,
  VisibilityTimeout: integer,
});
type Properties = Infer<typeof properties>;

/** What an attribute is when the template does not say. */
const defaults: Readonly<Record<string, string>> = {
  ContentBasedDeduplication: 'false',
  DeduplicationScope: 'queue',
  DelaySeconds: '0',
  FifoThroughputLimit: 'perQueue',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  ReceiveMessageWaitTimeSeconds: '0',
  RedriveAllowPolicy: '',
  RedrivePolicy: '',
  SqsManagedSseEnabled: 'true',
  VisibilityTimeout: '30',
};

export const sqsQueue = defineResource({
  type: 'AWS::SQS::Queue',
  properties,
  createOnly: ['QueueName', 'FifoQueue'],
  nameProperty: 'QueueName',
  attributes: ['Arn', 'QueueName', 'QueueUrl'],
  async create(queue, context) {
    const fifo = queue.FifoQueue === true;
    const QueueName = queue.QueueName ?? (fifo ? `${context.name({longest: 75})}.fifo` : context.name({longest: 80}));
    if (queue.QueueName !== undefined)
      await requireAbsent('AWS::SQS::Queue', QueueName, context.call('sqs', 'GetQueueUrl', {QueueName}));
    const {QueueUrl} = await context.call<{QueueUrl: string}>('sqs', 'CreateQueue', {
      QueueName,
      Attributes: {...attributesOf(queue), ...(fifo ? {FifoQueue: 'true'} : {})},
      ...(queue.Tags === undefined ? {} : {tags: tagMap(queue.Tags)}),
    });
    return {id: QueueUrl, attributes: {Arn: queueArn(QueueName, context), QueueName, QueueUrl}};
  },
  async update({id: QueueUrl, properties: before, attributes}, after, context) {
    const old = attributesOf(before);
    const now = attributesOf(after);
    const changed = Object.keys({...old, ...now}).filter(name => old[name] !== now[name]);
    if (changed.length > 0)
      await context.call('sqs', 'SetQueueAttributes', {
        QueueUrl,
        Attributes: Object.fromEntries(changed.map(name => [name, now[name] ?? defaults[name] ?? ''])),
      });
    const {set, removed} = tagChanges(before.Tags, after.Tags);
    if (set.length > 0) await context.call('sqs', 'TagQueue', {QueueUrl, Tags: tagMap(set)});
    if (removed.length > 0) await context.call('sqs', 'UntagQueue', {QueueUrl, TagKeys: removed});
    return {id: QueueUrl, attributes};
  },
  async delete({id: QueueUrl}, context) {
    await context.call('sqs', 'DeleteQueue', {QueueUrl});
  },
});

function attributesOf({QueueName: _, Tags: __, FifoQueue: ___, ...queue}: Properties): Record<string, string> {
  return Object.fromEntries(
    Object.entries(queue).map(([name, value]) => [name, typeof value === 'object' ? policyText(value) : String(value)]),
  );
}

function queueArn(name: string, {region, account}: ResourceContext): string {
  return `arn:aws:sqs:${region}:${account}:${name}`;
}
