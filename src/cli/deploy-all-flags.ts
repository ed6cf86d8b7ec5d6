import {Flags} from '@oclif/core';

const helpGroup = 'SEVERAL SERVICES';

/** Of `gear deploy --all`; each of the others makes sense with it only. */
export const allFlags = {
  all: Flags.boolean({
    description: 'Deploy all services below the folder, in the order in which they wait for each other',
    exclusive: ['stack', 'parameter', 'outputs-file', 'hotswap', 'watch', 'cancel', 'continue-rollback'],
    helpGroup,
  }),
  'changed-since': Flags.string({
    description: 'Only those that differ from where this branch left a commit, and those that take outputs of these',
    dependsOn: ['all'],
    helpValue: 'REF',
    helpGroup,
  }),
  concurrency: Flags.integer({
    description: 'How many are prepared or executed at once; otherwise 4',
    min: 1,
    max: 32,
    dependsOn: ['all'],
    helpGroup,
  }),
};
