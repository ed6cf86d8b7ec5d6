import {operationOf} from '../../../operation.ts';
import {list, required, string, structure} from '../../../shape.ts';
import {onParameter} from '../permissions.ts';
import type {SsmStore} from '../store.ts';

export const deleteParameters = operationOf<SsmStore>()({
  name: 'DeleteParameters',
  input: structure({Names: required(list(string))}),
  permissions: ({Names}, _context, store) => Names.map(name => onParameter('DeleteParameters', name, store)),
  run({Names}, _context, store) {
    const outcome = Names.map(name => ({name, deleted: store.delete(name)}));
    return {
      DeletedParameters: outcome.filter(({deleted}) => deleted).map(({name}) => name),
      InvalidParameters: outcome.filter(({deleted}) => !deleted).map(({name}) => name),
    };
  },
});
