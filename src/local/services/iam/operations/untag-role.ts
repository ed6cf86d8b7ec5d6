import {operationOf} from '../../../operation.ts';
import {list, required, string, structure} from '../../../shape.ts';
import {onRole} from '../permissions.ts';
import type {IamStore} from '../store.ts';
import {withoutTags} from '../tags.ts';

export const untagRole = operationOf<IamStore>()({
  name: 'UntagRole',
  input: structure({RoleName: required(string), TagKeys: required(list(string))}),
  permissions: ({RoleName, TagKeys}, _, store) => [onRole('UntagRole', RoleName, store, {'aws:TagKeys': TagKeys})],
  run({RoleName, TagKeys}, _, store) {
    const role = store.roleByName(RoleName);
    store.saveRole({...role, tags: withoutTags(role.tags, TagKeys)});
    return {};
  },
});
