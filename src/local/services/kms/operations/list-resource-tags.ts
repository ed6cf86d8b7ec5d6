import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {pageMembers, pageOf} from '../page.ts';
import {onKey} from '../permissions.ts';
import type {KmsStore} from '../store.ts';

export const listResourceTags = operationOf<KmsStore>()({
  name: 'ListResourceTags',
  input: structure({KeyId: required(string), ...pageMembers}),
  permissions: (input, context, store) => [onKey('ListResourceTags', input, context, store)],
  run({KeyId, ...input}, _context, store) {
    const tags = Object.entries(store.key(KeyId).tags).map(([TagKey, TagValue]) => ({TagKey, TagValue}));
    const {page, ...rest} = pageOf(tags, input);
    return {Tags: page, ...rest};
  },
});
