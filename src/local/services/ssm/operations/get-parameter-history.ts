import {operationOf} from '../../../operation.ts';
import {boolean, required, string, structure} from '../../../shape.ts';
import {pageMembers, pageOf} from '../page.ts';
import {shownMetadata} from '../parameter.ts';
import {onParameter} from '../permissions.ts';
import {readValue} from '../secure-value.ts';
import type {SsmStore} from '../store.ts';

export const getParameterHistory = operationOf<SsmStore>()({
  name: 'GetParameterHistory',
  input: structure({Name: required(string), WithDecryption: boolean, ...pageMembers}),
  permissions: ({Name}, _context, store) => [onParameter('GetParameterHistory', Name, store)],
  async run({Name, WithDecryption = false, ...input}, context, store) {
    const {name, versions} = store.parameter(Name);
    const {page, NextToken} = pageOf(versions, input, 50);
    const Parameters: object[] = [];
    for (const version of page)
      Parameters.push({
        ...shownMetadata(name, version),
        Labels: version.labels,
        Value: await readValue(version, store.arnOf(name), WithDecryption, context),
      });
    return {Parameters, NextToken};
  },
});
