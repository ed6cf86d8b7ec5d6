import {operationOf} from '../../../operation.ts';
import {integer, required, string, structure} from '../../../shape.ts';
import {page} from '../page.ts';
import {onQueue} from '../permissions.ts';
import {queueUrl} from '../queue-url.ts';
import {sourcesOf} from '../redrive.ts';
import type {SqsStore} from '../store.ts';

export const listDeadLetterSourceQueues = operationOf<SqsStore>()({
  name: 'ListDeadLetterSourceQueues',
  input: structure({QueueUrl: required(string), MaxResults: integer, NextToken: string}),
  permissions: (input, _context, store) => onQueue('ListDeadLetterSourceQueues', input, store),
  run(input, context, store) {
    const names = sourcesOf(store, store.queueOfUrl(input.QueueUrl)).map(({name}) => name);
    const {items, nextToken} = page(names, name => name, input);
    return {queueUrls: items.map(name => queueUrl(context, name)), NextToken: nextToken};
  },
});
