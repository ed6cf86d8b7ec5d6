import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {page} from '../page.ts';
import type {CloudFormationStore} from '../store.ts';
import {invalid} from '../submission.ts';

export const listImports = operationOf<CloudFormationStore>()({
  name: 'ListImports',
  input: structure({ExportName: required(string), NextToken: string}),
  permissions: () => [{action: 'cloudformation:ListImports', resource: '*'}],
  run({ExportName, NextToken}, _context, store) {
    const importers = store.importersOf(ExportName);
    if (importers.length === 0) throw invalid(`Export '${ExportName}' is not imported by any stack.`);
    const {entries, ...next} = page(importers, NextToken);
    return {Imports: entries.map(({stackName}) => stackName), ...next};
  },
});
