import {operationOf} from '../../../operation.ts';
import {list, required, string, structure} from '../../../shape.ts';
import {groupNameOf, onTags} from '../arns.ts';
import type {LogsStore} from '../store.ts';

export const untagResource = operationOf<LogsStore>()({
  name: 'UntagResource',
  input: structure({resourceArn: required(string), tagKeys: required(list(string))}),
  permissions: (input, context) => [onTags('UntagResource', input.resourceArn, context)],
  run({resourceArn, tagKeys}, _context, store) {
    const group = store.group(groupNameOf(resourceArn));
    const tags = Object.fromEntries(Object.entries(group.tags).filter(([key]) => !tagKeys.includes(key)));
    store.groups.set(group.name, {...group, tags});
    return {};
  },
});
