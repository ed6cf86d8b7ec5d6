import {type Tag, tagMap} from '../../tag-list.ts';
import {invalid, notFound} from './errors.ts';
import type {ScheduleGroup} from './records.ts';
import type {SchedulerStore} from './store.ts';

export function tagged(
  before: Readonly<Record<string, string>>,
  tags: readonly Tag[],
): Readonly<Record<string, string>> {
  const after = {...before, ...tagMap(tags)};
  if (Object.keys(after).length > 50) throw invalid('Too many tags: the most is 50.');
  return after;
}

/** Only groups have tags. */
export function taggedGroup(arn: string, store: SchedulerStore): ScheduleGroup {
  const prefix = store.groupArn('');
  if (!arn.startsWith(prefix)) throw notFound(`${arn} does not exist.`);
  return store.group(arn.slice(prefix.length));
}
