import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {checkAliasName} from '../alias-name.ts';
import {aliasNotFound} from '../errors.ts';
import {onAlias, onKey} from '../permissions.ts';
import type {KmsStore} from '../store.ts';

export const updateAlias = operationOf<KmsStore>()({
  name: 'UpdateAlias',
  input: structure({AliasName: required(string), TargetKeyId: required(string)}),
  permissions({AliasName, TargetKeyId}, context, store) {
    const current = store.aliases.get(AliasName);
    return [
      onAlias('UpdateAlias', AliasName, context, store),
      ...(current === undefined ? [] : [onKey('UpdateAlias', {KeyId: current.keyId}, context, store)]),
      onKey('UpdateAlias', {KeyId: TargetKeyId}, context, store),
    ];
  },
  run({AliasName: name, TargetKeyId}, {clock}, store) {
    checkAliasName(name);
    const alias = store.aliases.get(name);
    if (alias === undefined) throw aliasNotFound(store.aliasArn(name));
    store.aliases.set(name, {...alias, keyId: store.livingKey(TargetKeyId).id, updatedAt: clock.now()});
    return {};
  },
});
