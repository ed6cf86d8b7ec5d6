import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {summarizedChangeSet} from '../answers.ts';
import {page} from '../page.ts';
import {stackPermission} from '../permission.ts';
import type {CloudFormationStore} from '../store.ts';

export const listChangeSets = operationOf<CloudFormationStore>()({
  name: 'ListChangeSets',
  input: structure({StackName: required(string), NextToken: string}),
  permissions: ({StackName}, _context, store) => stackPermission('ListChangeSets', StackName, store),
  run({StackName, NextToken}, _context, store) {
    const {stackId} = store.get(StackName, `Stack [${StackName}] does not exist`);
    // An executed change set can be described by its ARN, but is no longer listed.
    const open = store.changeSets(stackId).filter(({executionStatus}) => !executionStatus.startsWith('EXECUTE_'));
    const {entries, ...next} = page(open, NextToken);
    return {Summaries: entries.map(summarizedChangeSet), ...next};
  },
});
