import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {tagList} from '../../../tag-list.ts';
import {onSecret} from '../permissions.ts';
import {shownTags} from '../secret.ts';
import type {SecretsStore} from '../store.ts';
import {limitedTags} from '../tags.ts';

export const tagResource = operationOf<SecretsStore>()({
  name: 'TagResource',
  input: structure({SecretId: required(string), Tags: required(tagList)}),
  permissions: (input, _context, store) => [onSecret('TagResource', input, store)],
  run({SecretId, Tags}, _context, store) {
    const secret = store.livingSecret(SecretId);
    store.save({...secret, tags: limitedTags([...shownTags(secret.tags), ...Tags])});
    return {};
  },
});
