import {operationOf} from '../../../operation.ts';
import {boolean, list, required, string, structure} from '../../../shape.ts';
import {invalid} from '../errors.ts';
import {onParameter} from '../permissions.ts';
import {shownParameter} from '../shown-parameter.ts';
import type {SsmStore} from '../store.ts';

export const getParameters = operationOf<SsmStore>()({
  name: 'GetParameters',
  input: structure({Names: required(list(string)), WithDecryption: boolean}),
  permissions: ({Names}, _context, store) => Names.map(name => onParameter('GetParameters', name, store)),
  async run({Names, WithDecryption}, context, store) {
    if (Names.length < 1 || Names.length > 10)
      throw invalid(
        "1 validation error detected: Value at 'names' failed to satisfy constraint: Member must have length between 1 and 10.",
      );
    const found = Names.map(name => ({name, parameter: store.lookUp(name)}));
    const Parameters: object[] = [];
    for (const {parameter} of found)
      if (parameter !== undefined) Parameters.push(await shownParameter(parameter, WithDecryption, context, store));
    return {
      Parameters,
      InvalidParameters: found.filter(({parameter}) => parameter === undefined).map(({name}) => name),
    };
  },
});
