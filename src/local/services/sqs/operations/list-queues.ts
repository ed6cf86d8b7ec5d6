import {operationOf} from '../../../operation.ts';
import {integer, string, structure} from '../../../shape.ts';
import {page} from '../page.ts';
import {queueUrl} from '../queue-url.ts';
import type {SqsStore} from '../store.ts';

export const listQueues = operationOf<SqsStore>()({
  name: 'ListQueues',
  input: structure({QueueNamePrefix: string, MaxResults: integer, NextToken: string}),
  permissions: () => [{action: 'sqs:ListQueues', resource: '*'}],
  run(input, context, store) {
    const {QueueNamePrefix: prefix = ''} = input;
    const names = [...store.queues()].map(({name}) => name).filter(name => name.startsWith(prefix));
    const {items, nextToken} = page(names, name => name, input);
    return {
      QueueUrls: items.length === 0 ? undefined : items.map(name => queueUrl(context, name)),
      NextToken: nextToken,
    };
  },
});
