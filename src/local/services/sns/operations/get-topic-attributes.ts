import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onTopic} from '../permissions.ts';
import type {SnsStore} from '../store.ts';
import {shownTopicAttributes} from '../topic-attributes.ts';

export const getTopicAttributes = operationOf<SnsStore>()({
  name: 'GetTopicAttributes',
  input: structure({TopicArn: required(string)}),
  permissions: input => onTopic('GetTopicAttributes', input),
  run: ({TopicArn}, _context, store) => ({Attributes: shownTopicAttributes(store.topic(TopicArn), store)}),
});
