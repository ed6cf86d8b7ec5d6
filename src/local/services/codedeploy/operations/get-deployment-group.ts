import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {shownGroup} from '../shown.ts';
import type {CodedeployStore} from '../store.ts';

export const getDeploymentGroup = operationOf<CodedeployStore>()({
  name: 'GetDeploymentGroup',
  input: structure({applicationName: required(string), deploymentGroupName: required(string)}),
  permissions: ({applicationName, deploymentGroupName}, _context, store) => [
    {action: 'codedeploy:GetDeploymentGroup', resource: store.groupArn(applicationName, deploymentGroupName)},
  ],
  run: ({applicationName, deploymentGroupName}, _context, store) => ({
    deploymentGroupInfo: shownGroup(store.group(applicationName, deploymentGroupName), store),
  }),
});
