import {arnIn} from '../place.ts';
import type {ResourceNeeds} from '../resource-needs.ts';

/** What is in it takes more: `stacks.ts` reads the nested template. */
export const cloudformationStack: ResourceNeeds = {
  type: 'AWS::CloudFormation::Stack',
  service: 'cloudformation',
  group: 'NestedStacks',
  name: {property: 'StackName', longest: 128},
  on: ({place, names}) => [arnIn(place, 'cloudformation', `stack/${names[0]}/*`)],
  always: {
    create: ['CreateStack'],
    read: ['DescribeStacks'],
    // The registry has the first only; the others call an update off and let a rollback go on.
    update: ['UpdateStack', 'CancelUpdateStack', 'ContinueUpdateRollback'],
    delete: ['DeleteStack'],
  },
  plain: ['Parameters', 'Tags', 'TemplateURL'],
};
