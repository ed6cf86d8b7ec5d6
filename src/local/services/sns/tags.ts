import {ServiceError} from '../../service-error.ts';
import {list, required, string, structure} from '../../shape.ts';
import type {SnsStore, Topic} from './store.ts';

export const tagList = list(structure({Key: required(string), Value: required(string)}));

export function tagged(
  before: Readonly<Record<string, string>>,
  tags: readonly {readonly Key: string; readonly Value: string}[],
): Readonly<Record<string, string>> {
  const after = {...before, ...Object.fromEntries(tags.map(({Key, Value}) => [Key, Value]))};
  if (Object.keys(after).length > 50)
    throw new ServiceError('TagLimitExceeded', 'Could not complete request: tag quota of per resource exceeded');
  return after;
}

export function taggedTopic(arn: string, store: SnsStore): Topic {
  const topic = store.topics.get(arn);
  if (topic === undefined) throw new ServiceError('ResourceNotFound', 'Resource does not exist', {status: 404});
  return topic;
}
