import type {PermissionRequest} from '../../operation.ts';
import {list, string, structure} from '../../shape.ts';
import {exception} from './errors.ts';
import type {CodedeployStore} from './store.ts';

type Tags = Readonly<Record<string, string>>;

export const tagList = list(structure({Key: string, Value: string}));

export function tagsOf(
  tags: readonly {readonly Key?: string | undefined; readonly Value?: string | undefined}[] = [],
): Tags {
  return Object.fromEntries(tags.map(({Key = '', Value = ''}) => [Key, Value]));
}

export function onTagged(action: string, resource: string): PermissionRequest[] {
  return [{action: `codedeploy:${action}`, resource}];
}

/** An application or a group, by ARN. */
export function tagged(arn: string, store: CodedeployStore): {readonly tags: Tags; set(tags: Tags): void} {
  const application = afterPrefix(arn, store.applicationArn(''));
  if (application !== undefined) {
    const record = store.application(application);
    return {tags: record.tags, set: tags => store.applications.set(application, {...record, tags})};
  }
  const [owner, name] = afterPrefix(arn, store.groupArn('', '').slice(0, -1))?.split('/') ?? [];
  if (owner === undefined || name === undefined) throw exception('InvalidArn', `The ARN ${arn} is not valid.`);
  const record = store.group(owner, name);
  return {tags: record.tags, set: tags => store.setGroup({...record, tags})};
}

function afterPrefix(text: string, prefix: string): string | undefined {
  return text.startsWith(prefix) ? text.slice(prefix.length) : undefined;
}
