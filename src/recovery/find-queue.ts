import type {SQS} from '@aws-sdk/client-sqs';
import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import {nestedResources} from '../aws/nested-resources.ts';
import {GearError} from '../errors.ts';

export interface QueueReference {
  readonly name: string;
  readonly url: string;
  readonly arn: string;
  readonly fifo: boolean;
}

/** The queue that a name, URL, ARN or (of a stack) logical ID means. */
export async function findQueue(clients: AwsClients, given: string, stackName?: string): Promise<QueueReference> {
  const sqs = await clients.sqs();
  if (given.startsWith('http')) return await queueAt(sqs, given);
  if (given.startsWith('arn:')) return await queueOfArn(sqs, given);
  if (stackName !== undefined) {
    const resources = await nestedResources(clients, stackName);
    const own = resources.find(({type, logicalId}) => type === 'AWS::SQS::Queue' && logicalId === given);
    if (own !== undefined) return await queueAt(sqs, own.physicalId);
  }
  return await queueOfName(sqs, given);
}

export async function queueOfArn(sqs: SQS, arn: string): Promise<QueueReference> {
  const [, , service, , account, name] = arn.split(':');
  if (service !== 'sqs' || !name) throw new GearError(`${arn} is not the ARN of a queue`, {code: 'NO_QUEUE'});
  return await queueOfName(sqs, name, account);
}

async function queueOfName(sqs: SQS, name: string, account?: string): Promise<QueueReference> {
  try {
    const {QueueUrl} = await sqs.getQueueUrl({QueueName: name, QueueOwnerAWSAccountId: account});
    return await queueAt(sqs, QueueUrl!);
  } catch (error) {
    throw noQueue(error, name);
  }
}

async function queueAt(sqs: SQS, url: string): Promise<QueueReference> {
  try {
    const {Attributes = {}} = await sqs.getQueueAttributes({QueueUrl: url, AttributeNames: ['QueueArn']});
    const arn = Attributes.QueueArn!;
    const name = arn.slice(arn.lastIndexOf(':') + 1);
    return {name, url, arn, fifo: name.endsWith('.fifo')};
  } catch (error) {
    throw noQueue(error, url);
  }
}

function noQueue(error: unknown, given: string): unknown {
  const {name} = error as Error;
  return name === 'QueueDoesNotExist' || name.endsWith('NonExistentQueue')
    ? new GearError(`There is no queue ${given}`, {code: 'NO_QUEUE', suggestions: ['gear dlq list'], cause: error})
    : describeAwsError(error, `find the queue ${given}`);
}
