import {operationOf} from '../../../operation.ts';
import {list, required, string, structure} from '../../../shape.ts';
import {keyMetadata} from '../key.ts';
import {onKey} from '../permissions.ts';
import type {KmsStore} from '../store.ts';

/** Grants hold at once here, so `GrantTokens` have nothing to hurry. */
export const describeKey = operationOf<KmsStore>()({
  name: 'DescribeKey',
  input: structure({KeyId: required(string), GrantTokens: list(string)}),
  permissions: (input, context, store) => [onKey('DescribeKey', input, context, store)],
  run({KeyId}, _context, store) {
    const key = store.key(KeyId);
    return {KeyMetadata: keyMetadata(key, {account: store.account, arn: store.arnOf(key.id)})};
  },
});
