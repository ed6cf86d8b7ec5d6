import {operationOf} from '../../../operation.ts';
import {list, required, string, structure} from '../../../shape.ts';
import {tagMap} from '../../../tag-list.ts';
import {onSecret} from '../permissions.ts';
import {shownTags} from '../secret.ts';
import type {SecretsStore} from '../store.ts';

export const untagResource = operationOf<SecretsStore>()({
  name: 'UntagResource',
  input: structure({SecretId: required(string), TagKeys: required(list(string))}),
  permissions: (input, _context, store) => [onSecret('UntagResource', input, store)],
  run({SecretId, TagKeys}, _context, store) {
    const secret = store.livingSecret(SecretId);
    store.save({...secret, tags: tagMap(shownTags(secret.tags).filter(({Key}) => !TagKeys.includes(Key)))});
    return {};
  },
});
