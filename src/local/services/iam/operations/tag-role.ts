import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {tagList} from '../../../tag-list.ts';
import {onRole, requestTags} from '../permissions.ts';
import type {IamStore} from '../store.ts';
import {mergeTags} from '../tags.ts';

export const tagRole = operationOf<IamStore>()({
  name: 'TagRole',
  input: structure({RoleName: required(string), Tags: required(tagList)}),
  permissions: ({RoleName, Tags}, _, store) => [onRole('TagRole', RoleName, store, requestTags(Tags))],
  run({RoleName, Tags}, _, store) {
    const role = store.roleByName(RoleName);
    store.saveRole({...role, tags: mergeTags(role.tags, Tags)});
    return {};
  },
});
