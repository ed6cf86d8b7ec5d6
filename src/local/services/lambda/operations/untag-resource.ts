import {operationOf} from '../../../operation.ts';
import {list, required, string, structure} from '../../../shape.ts';
import type {LambdaStore} from '../store.ts';
import {changeTags, onTagged} from '../tags.ts';

export const untagResource = operationOf<LambdaStore>()({
  name: 'UntagResource',
  input: structure({Resource: required(string), TagKeys: required(list(string))}),
  http: {method: 'DELETE', path: '/2017-03-31/tags/{Resource}', query: {TagKeys: 'tagKeys'}, status: 204},
  permissions: input => [onTagged('UntagResource', input.Resource)],
  run({Resource, TagKeys}, _context, store) {
    const kept = (tags: Readonly<Record<string, string>>) =>
      Object.fromEntries(Object.entries(tags).filter(([key]) => !TagKeys.includes(key)));
    changeTags(Resource, kept, store);
    return {};
  },
});
