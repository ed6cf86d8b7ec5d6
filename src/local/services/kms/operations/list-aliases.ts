import {operationOf} from '../../../operation.ts';
import {string, structure} from '../../../shape.ts';
import {pageMembers, pageOf} from '../page.ts';
import {onAnything} from '../permissions.ts';
import type {KmsStore} from '../store.ts';

export const listAliases = operationOf<KmsStore>()({
  name: 'ListAliases',
  input: structure({KeyId: string, ...pageMembers}),
  permissions: (_input, context) => [onAnything('ListAliases', context)],
  run({KeyId, ...input}, _context, store) {
    const aliases = KeyId === undefined ? [...store.aliases.values()] : store.aliasesOf(store.key(KeyId).id);
    const {page, ...rest} = pageOf(
      aliases.sort((a, b) => (a.name < b.name ? -1 : 1)),
      input,
    );
    return {
      Aliases: page.map(({name, keyId, createdAt, updatedAt}) => ({
        AliasName: name,
        AliasArn: store.aliasArn(name),
        TargetKeyId: keyId,
        CreationDate: new Date(createdAt),
        LastUpdatedDate: new Date(updatedAt),
      })),
      ...rest,
    };
  },
});
