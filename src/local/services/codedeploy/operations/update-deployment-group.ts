import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {exception} from '../errors.ts';
import {groupMembers, groupSettings, passingRole} from '../group-input.ts';
import type {CodedeployStore} from '../store.ts';

export const updateDeploymentGroup = operationOf<CodedeployStore>()({
  name: 'UpdateDeploymentGroup',
  input: structure({
    applicationName: required(string),
    currentDeploymentGroupName: required(string),
    newDeploymentGroupName: string,
    serviceRoleArn: string,
    ...groupMembers,
  }),
  permissions: ({applicationName, currentDeploymentGroupName, serviceRoleArn}, _context, store) => [
    {
      action: 'codedeploy:UpdateDeploymentGroup',
      resource: store.groupArn(applicationName, currentDeploymentGroupName),
    },
    ...passingRole(serviceRoleArn),
  ],
  run({applicationName, currentDeploymentGroupName, newDeploymentGroupName, ...input}, _context, store) {
    const before = store.group(applicationName, currentDeploymentGroupName);
    const deploymentGroupName = newDeploymentGroupName ?? currentDeploymentGroupName;
    const renamed = deploymentGroupName !== currentDeploymentGroupName;
    if (renamed && store.findGroup(applicationName, deploymentGroupName) !== undefined)
      throw exception(
        'DeploymentGroupAlreadyExists',
        `Deployment group name already exists: ${deploymentGroupName} for application: ${applicationName}`,
      );
    const after = {...before, deploymentGroupName, ...groupSettings(input, before, store)};
    if (renamed) store.deleteGroup(applicationName, currentDeploymentGroupName);
    store.setGroup(after);
    return {hooksNotCleanedUp: []};
  },
});
