import {operationOf} from '../../../operation.ts';
import {notImplemented} from '../../../service-error.ts';
import {map, required, string, structure} from '../../../shape.ts';
import {tagList} from '../../../tag-list.ts';
import {invalidParameter} from '../errors.ts';
import type {SnsStore} from '../store.ts';
import {tagged} from '../tags.ts';
import {changedTopicAttributes, checkTopicAttributes} from '../topic-attributes.ts';

export const createTopic = operationOf<SnsStore>()({
  name: 'CreateTopic',
  input: structure({Name: required(string), Attributes: map(string), Tags: tagList}),
  permissions: ({Name, Tags}, _context, store) => [
    {action: 'sns:CreateTopic', resource: store.arnOf(Name)},
    ...(Tags?.length ? [{action: 'sns:TagResource', resource: store.arnOf(Name)}] : []),
  ],
  run({Name, Attributes = {}, Tags = []}, _context, store) {
    if (Name.endsWith('.fifo') || Attributes.FifoTopic === 'true') throw notImplemented('FIFO topics');
    if (!/^[\w-]{1,256}$/.test(Name)) throw invalidParameter('Topic Name');
    checkTopicAttributes(Attributes);
    const arn = store.arnOf(Name);
    const tags = tagged({}, Tags);
    const attributes = changedTopicAttributes({}, Attributes);
    const existing = store.topics.get(arn);
    if (existing === undefined) store.topics.set(arn, {arn, name: Name, attributes, tags});
    else if (Object.entries(attributes).some(([name, value]) => existing.attributes[name] !== value))
      throw invalidParameter('Attributes Reason: Topic already exists with different attributes');
    else if (Tags.some(({Key, Value}) => existing.tags[Key] !== Value))
      throw invalidParameter('Tags Reason: Topic already exists with different tags');
    return {TopicArn: arn};
  },
});
