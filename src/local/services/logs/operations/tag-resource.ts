import {operationOf} from '../../../operation.ts';
import {map, required, string, structure} from '../../../shape.ts';
import {groupNameOf, onTags} from '../arns.ts';
import type {LogsStore} from '../store.ts';

export const tagResource = operationOf<LogsStore>()({
  name: 'TagResource',
  input: structure({resourceArn: required(string), tags: required(map(string))}),
  permissions: (input, context) => [onTags('TagResource', input.resourceArn, context)],
  run({resourceArn, tags}, _context, store) {
    const group = store.group(groupNameOf(resourceArn));
    store.groups.set(group.name, {...group, tags: {...group.tags, ...tags}});
    return {};
  },
});
