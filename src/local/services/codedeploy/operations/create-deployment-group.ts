import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {exception} from '../errors.ts';
import {groupMembers, groupSettings, passingRole} from '../group-input.ts';
import type {CodedeployStore} from '../store.ts';
import {tagList, tagsOf} from '../tags.ts';

export const createDeploymentGroup = operationOf<CodedeployStore>()({
  name: 'CreateDeploymentGroup',
  input: structure({
    applicationName: required(string),
    deploymentGroupName: required(string),
    serviceRoleArn: required(string),
    ...groupMembers,
    tags: tagList,
  }),
  permissions: ({applicationName, deploymentGroupName, serviceRoleArn}, _context, store) => [
    {
      action: 'codedeploy:CreateDeploymentGroup',
      resource: store.groupArn(applicationName, deploymentGroupName),
    },
    ...passingRole(serviceRoleArn),
  ],
  run({tags, ...input}, _context, store) {
    const {applicationName, deploymentGroupName} = input;
    store.application(applicationName);
    if (!/^[\w+=,.@-]{1,100}$/.test(deploymentGroupName))
      throw exception('InvalidDeploymentGroupName', `The deployment group name ${deploymentGroupName} is not valid.`);
    if (store.findGroup(applicationName, deploymentGroupName) !== undefined)
      throw exception(
        'DeploymentGroupAlreadyExists',
        `Deployment group name already exists: ${deploymentGroupName} for application: ${applicationName}`,
      );
    const deploymentGroupId = store.newId();
    store.setGroup({
      deploymentGroupId,
      applicationName,
      deploymentGroupName,
      ...groupSettings(input, undefined, store),
      tags: tagsOf(tags),
    });
    return {deploymentGroupId};
  },
});
