import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {onKey} from '../permissions.ts';
import type {KmsStore} from '../store.ts';
import {tagList, tagMap} from '../tags.ts';

export const tagResource = operationOf<KmsStore>()({
  name: 'TagResource',
  input: structure({KeyId: required(string), Tags: required(tagList)}),
  permissions: (input, context, store) => [onKey('TagResource', input, context, store)],
  run({KeyId, Tags}, _context, store) {
    const key = store.livingKey(KeyId);
    const tags = Object.entries({...key.tags, ...tagMap(Tags)}).map(([TagKey, TagValue]) => ({TagKey, TagValue}));
    store.save({...key, tags: tagMap(tags)});
    return {};
  },
});
