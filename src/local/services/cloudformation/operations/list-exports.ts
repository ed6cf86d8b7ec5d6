import {operationOf} from '../../../operation.ts';
import {string, structure} from '../../../shape.ts';
import {page} from '../page.ts';
import type {CloudFormationStore} from '../store.ts';

export const listExports = operationOf<CloudFormationStore>()({
  name: 'ListExports',
  input: structure({NextToken: string}),
  permissions: () => [{action: 'cloudformation:ListExports', resource: '*'}],
  run({NextToken}, _context, store) {
    const {entries, ...next} = page([...store.exports()], NextToken);
    return {
      Exports: entries.map(([name, {stackId, value}]) => ({ExportingStackId: stackId, Name: name, Value: value})),
      ...next,
    };
  },
});
