import type {Service} from '../../operation.ts';
import {resumeMoveTasks} from './move-task.ts';
import {operations} from './operations/index.ts';
import {type SqsOptions, SqsStore} from './store.ts';

export function sqsService(options: SqsOptions): Service<SqsStore> {
  const store = new SqsStore(options);
  resumeMoveTasks(store);
  return {
    name: 'sqs',
    signingNames: ['sqs'],
    protocol: {
      kind: 'json',
      targetPrefix: 'AmazonSQS',
      version: '1.0',
      errorPrefix: 'com.amazonaws.sqs#',
    },
    store,
    operations,
    resourcePolicy(arn) {
      const policy = store.queueOfArn(arn)?.record.attributes.Policy;
      return policy === undefined ? undefined : JSON.parse(policy);
    },
    close: () => store.close(),
  };
}
