import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onTopic} from '../permissions.ts';
import type {SnsStore} from '../store.ts';
import {changedTopicAttributes, checkTopicAttributes} from '../topic-attributes.ts';

export const setTopicAttributes = operationOf<SnsStore>()({
  name: 'SetTopicAttributes',
  input: structure({TopicArn: required(string), AttributeName: required(string), AttributeValue: string}),
  permissions: input => onTopic('SetTopicAttributes', input),
  run({TopicArn, AttributeName, AttributeValue = ''}, _context, store) {
    const topic = store.topic(TopicArn);
    const change = {[AttributeName]: AttributeValue};
    checkTopicAttributes(change);
    store.topics.set(TopicArn, {...topic, attributes: changedTopicAttributes(topic.attributes, change)});
    return {};
  },
});
