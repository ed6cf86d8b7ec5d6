import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {pageOf} from '../page.ts';
import type {CodedeployStore} from '../store.ts';

export const listDeploymentGroups = operationOf<CodedeployStore>()({
  name: 'ListDeploymentGroups',
  input: structure({applicationName: required(string), nextToken: string}),
  permissions: ({applicationName}, _context, store) => [
    {action: 'codedeploy:ListDeploymentGroups', resource: store.applicationArn(applicationName)},
  ],
  run({applicationName, nextToken: token}, _context, store) {
    store.application(applicationName);
    const names = store.groupsOf(applicationName).map(({deploymentGroupName}) => deploymentGroupName);
    const {page, nextToken} = pageOf(names, token);
    return {applicationName, deploymentGroups: page, nextToken};
  },
});
