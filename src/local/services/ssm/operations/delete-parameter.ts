import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {parameterNotFound} from '../errors.ts';
import {onParameter} from '../permissions.ts';
import type {SsmStore} from '../store.ts';

export const deleteParameter = operationOf<SsmStore>()({
  name: 'DeleteParameter',
  input: structure({Name: required(string)}),
  permissions: ({Name}, _context, store) => [onParameter('DeleteParameter', Name, store)],
  run({Name}, _context, store) {
    if (!store.delete(Name)) throw parameterNotFound(Name);
    return {};
  },
});
