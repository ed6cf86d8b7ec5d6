import {type Tag, tagMap} from '../../tag-list.ts';
import {invalid, notFound} from './errors.ts';
import type {EventBridgeStore} from './store.ts';

type Tags = Readonly<Record<string, string>>;

export function tagged(before: Tags, tags: readonly Tag[]): Tags {
  const after = {...before, ...tagMap(tags)};
  if (Object.keys(after).length > 50) throw invalid('Too many tags: the most is 50.');
  return after;
}

/** The tags of the bus or rule that an ARN names, and how to replace them. */
export function taggedBy(arn: string, store: EventBridgeStore): {readonly tags: Tags; replace(tags: Tags): void} {
  const [, kind, path = ''] = /^arn:aws:events:[^:]+:\d{12}:(event-bus|rule)\/(.+)$/.exec(arn) ?? [];
  const slash = path.indexOf('/');
  if (kind === 'event-bus') {
    const bus = store.bus(path);
    return {tags: bus.tags, replace: tags => store.buses.set(bus.name, {...bus, tags})};
  }
  if (kind === undefined) throw notFound(`${arn} does not exist.`);
  const rule = store.rule(store.bus(slash < 0 ? 'default' : path.slice(0, slash)), path.slice(slash + 1));
  return {tags: rule.tags, replace: tags => store.setRule({...rule, tags})};
}
