import {operationOf} from '../../../operation.ts';
import {dataKeyInput, dataKeyPermissions, makeDataKey} from '../data-key.ts';
import type {KmsStore} from '../store.ts';

export const generateDataKey = operationOf<KmsStore>()({
  name: 'GenerateDataKey',
  input: dataKeyInput,
  permissions: (input, context, store) => dataKeyPermissions('GenerateDataKey', input, context, store),
  run: (input, _context, store) => makeDataKey(input, store),
});
