import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {checkAliasName} from '../alias-name.ts';
import {aliasNotFound} from '../errors.ts';
import {onAlias, onKey} from '../permissions.ts';
import type {KmsStore} from '../store.ts';

export const deleteAlias = operationOf<KmsStore>()({
  name: 'DeleteAlias',
  input: structure({AliasName: required(string)}),
  permissions({AliasName}, context, store) {
    const current = store.aliases.get(AliasName);
    return [
      onAlias('DeleteAlias', AliasName, context, store),
      ...(current === undefined ? [] : [onKey('DeleteAlias', {KeyId: current.keyId}, context, store)]),
    ];
  },
  run({AliasName: name}, _context, store) {
    checkAliasName(name);
    if (!store.aliases.delete(name)) throw aliasNotFound(store.aliasArn(name));
    return {};
  },
});
