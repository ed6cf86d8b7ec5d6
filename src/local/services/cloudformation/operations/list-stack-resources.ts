import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {describedResource} from '../answers.ts';
import {page} from '../page.ts';
import {stackPermission} from '../permission.ts';
import type {CloudFormationStore} from '../store.ts';

export const listStackResources = operationOf<CloudFormationStore>()({
  name: 'ListStackResources',
  input: structure({StackName: required(string), NextToken: string}),
  permissions: ({StackName}, _context, store) => stackPermission('ListStackResources', StackName, store),
  run({StackName, NextToken}, _context, store) {
    const {entries, ...next} = page(Object.values(store.get(StackName).resources), NextToken);
    return {
      StackResourceSummaries: entries.map(resource => ({
        LastUpdatedTimestamp: new Date(resource.time),
        ...describedResource(resource),
      })),
      ...next,
    };
  },
});
