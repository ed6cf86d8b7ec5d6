import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {queueDoesNotExist} from '../errors.ts';
import {queueUrl} from '../queue-url.ts';
import type {SqsStore} from '../store.ts';

export const getQueueUrl = operationOf<SqsStore>()({
  name: 'GetQueueUrl',
  input: structure({QueueName: required(string), QueueOwnerAWSAccountId: string}),
  permissions: ({QueueName}, _context, store) => [{action: 'sqs:GetQueueUrl', resource: store.arnOf(QueueName)}],
  run({QueueName, QueueOwnerAWSAccountId}, context, store) {
    if (QueueOwnerAWSAccountId !== undefined && QueueOwnerAWSAccountId !== context.account) throw queueDoesNotExist();
    return {QueueUrl: queueUrl(context, store.named(QueueName).name)};
  },
});
