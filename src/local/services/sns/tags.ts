import {ServiceError} from '../../service-error.ts';
import {type Tag, tagMap} from '../../tag-list.ts';
import type {SnsStore, Topic} from './store.ts';

export function tagged(
  before: Readonly<Record<string, string>>,
  tags: readonly Tag[],
): Readonly<Record<string, string>> {
  const after = {...before, ...tagMap(tags)};
  if (Object.keys(after).length > 50)
    throw new ServiceError('TagLimitExceeded', 'Could not complete request: tag quota of per resource exceeded');
  return after;
}

export function taggedTopic(arn: string, store: SnsStore): Topic {
  const topic = store.topics.get(arn);
  if (topic === undefined) throw new ServiceError('ResourceNotFound', 'Resource does not exist', {status: 404});
  return topic;
}
