import {operationOf} from '../../../operation.ts';
import {string, structure} from '../../../shape.ts';
import {pageOf} from '../page.ts';
import type {CodedeployStore} from '../store.ts';

export const listApplications = operationOf<CodedeployStore>()({
  name: 'ListApplications',
  input: structure({nextToken: string}),
  permissions: () => [{action: 'codedeploy:ListApplications', resource: '*'}],
  run(input, _context, store) {
    const {page, nextToken} = pageOf([...store.applications.keys()].sort(), input.nextToken);
    return {applications: page, nextToken};
  },
});
