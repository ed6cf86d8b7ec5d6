import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import type {CodedeployStore} from '../store.ts';

export const deleteDeploymentGroup = operationOf<CodedeployStore>()({
  name: 'DeleteDeploymentGroup',
  input: structure({applicationName: required(string), deploymentGroupName: required(string)}),
  permissions: ({applicationName, deploymentGroupName}, _context, store) => [
    {action: 'codedeploy:DeleteDeploymentGroup', resource: store.groupArn(applicationName, deploymentGroupName)},
  ],
  run({applicationName, deploymentGroupName}, _context, store) {
    store.deleteGroup(applicationName, deploymentGroupName);
    return {hooksNotCleanedUp: []};
  },
});
