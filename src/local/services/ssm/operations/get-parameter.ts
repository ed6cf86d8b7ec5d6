import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {boolean, required, string, structure} from '../../../shape.ts';
import {parameterNotFound} from '../errors.ts';
import {selected} from '../parameter-name.ts';
import {onParameter} from '../permissions.ts';
import {shownParameter} from '../shown-parameter.ts';
import type {SsmStore} from '../store.ts';

export const getParameter = operationOf<SsmStore>()({
  name: 'GetParameter',
  input: structure({Name: required(string), WithDecryption: boolean}),
  permissions: ({Name}, _context, store) => [onParameter('GetParameter', Name, store)],
  async run({Name, WithDecryption}, context, store) {
    const found = store.lookUp(Name);
    if (found === undefined) {
      const {name, selector} = selected(Name);
      if (store.find(name) === undefined) throw parameterNotFound(name);
      throw new ServiceError(
        'ParameterVersionNotFound',
        `Systems Manager could not find version ${selector?.slice(1)} of ${name}. Verify the version and try again.`,
      );
    }
    return {Parameter: await shownParameter(found, WithDecryption, context, store)};
  },
});
