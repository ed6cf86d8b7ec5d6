import type {PermissionRequest} from '../../operation.ts';
import {invalidParameter, notFound} from './errors.ts';
import type {LambdaStore} from './store.ts';

type Tags = Readonly<Record<string, string>>;

export function onTagged(action: string, resource: string): PermissionRequest {
  return {action: `lambda:${action}`, resource};
}

/** Of a function or of an event source mapping, by ARN. */
export function tagsOf(arn: string, store: LambdaStore): Tags {
  return find(arn, store).tags;
}

export function changeTags(arn: string, change: (tags: Tags) => Tags, store: LambdaStore): void {
  const {tags, set} = find(arn, store);
  set(change(tags));
}

function find(arn: string, store: LambdaStore): {readonly tags: Tags; set(tags: Tags): void} {
  const [kind, id] = arn.split(':').slice(5);
  if (kind === 'event-source-mapping') {
    const mapping = store.mappings.get(id ?? '');
    if (mapping === undefined) throw notFound('The resource you requested does not exist.');
    return {tags: mapping.tags, set: tags => store.mappings.set(mapping.UUID, {...mapping, tags})};
  }
  const reference = store.reference(arn);
  if (reference.qualifier !== undefined)
    throw invalidParameter('Tags on function aliases and versions are not supported. Please specify a function ARN.');
  const record = store.function(reference);
  return {tags: record.tags, set: tags => store.functions.set(reference.name, {...record, tags})};
}
