import {operationOf} from '../../../operation.ts';
import {dataKeyInput, dataKeyPermissions, makeDataKey} from '../data-key.ts';
import type {KmsStore} from '../store.ts';

export const generateDataKeyWithoutPlaintext = operationOf<KmsStore>()({
  name: 'GenerateDataKeyWithoutPlaintext',
  input: dataKeyInput,
  permissions: (input, context, store) => dataKeyPermissions('GenerateDataKeyWithoutPlaintext', input, context, store),
  run(input, _context, store) {
    const {Plaintext: _, ...answer} = makeDataKey(input, store);
    return answer;
  },
});
