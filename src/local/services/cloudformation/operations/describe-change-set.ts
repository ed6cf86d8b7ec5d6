import {operationOf} from '../../../operation.ts';
import {boolean, required, string, structure} from '../../../shape.ts';
import {describedChange, summarizedChangeSet} from '../answers.ts';
import {page} from '../page.ts';
import {changeSetPermission} from '../permission.ts';
import type {CloudFormationStore} from '../store.ts';

export const describeChangeSet = operationOf<CloudFormationStore>()({
  name: 'DescribeChangeSet',
  input: structure({
    ChangeSetName: required(string),
    StackName: string,
    NextToken: string,
    IncludePropertyValues: boolean,
  }),
  permissions: (input, _context, store) => changeSetPermission('DescribeChangeSet', input, store),
  run({ChangeSetName, StackName, NextToken, IncludePropertyValues = false}, _context, store) {
    const changeSet = store.getChangeSet(ChangeSetName, StackName);
    const {deployment} = changeSet;
    const {entries, ...next} = page(changeSet.changes, NextToken);
    return {
      ...summarizedChangeSet(changeSet),
      Parameters: changeSet.parameters.map(({key, value}) => ({ParameterKey: key, ParameterValue: value})),
      NotificationARNs: [],
      RollbackConfiguration: {},
      Capabilities: deployment.capabilities,
      Tags: deployment.tags,
      OnStackFailure: changeSet.onFailure,
      Changes: entries.map(change => describedChange(change, IncludePropertyValues)),
      ...next,
    };
  },
});
