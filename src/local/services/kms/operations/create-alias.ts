import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {required, string, structure} from '../../../shape.ts';
import {checkAliasName} from '../alias-name.ts';
import {onAlias, onKey} from '../permissions.ts';
import type {KmsStore} from '../store.ts';

export const createAlias = operationOf<KmsStore>()({
  name: 'CreateAlias',
  input: structure({AliasName: required(string), TargetKeyId: required(string)}),
  permissions: ({AliasName, TargetKeyId}, context, store) => [
    onAlias('CreateAlias', AliasName, context, store),
    onKey('CreateAlias', {KeyId: TargetKeyId}, context, store),
  ],
  run({AliasName: name, TargetKeyId}, {clock}, store) {
    checkAliasName(name);
    const {id: keyId} = store.livingKey(TargetKeyId);
    if (store.aliases.has(name))
      throw new ServiceError('AlreadyExistsException', `An alias with the name ${store.aliasArn(name)} already exists`);
    store.aliases.set(name, {name, keyId, createdAt: clock.now(), updatedAt: clock.now()});
    return {};
  },
});
