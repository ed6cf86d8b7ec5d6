import {operationOf} from '../../../operation.ts';
import {string, structure} from '../../../shape.ts';
import {pageOf} from '../page.ts';
import type {SnsStore} from '../store.ts';

export const listTopics = operationOf<SnsStore>()({
  name: 'ListTopics',
  input: structure({NextToken: string}),
  permissions: () => [{action: 'sns:ListTopics', resource: '*'}],
  run(input, _context, store) {
    const {page, NextToken} = pageOf([...store.topics.keys()].sort(), input.NextToken);
    return {Topics: page.map(TopicArn => ({TopicArn})), NextToken};
  },
});
