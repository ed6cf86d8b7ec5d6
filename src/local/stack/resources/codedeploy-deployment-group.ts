import {boolean, list, required, string, structure} from '../../shape.ts';
import {tagList} from '../../tag-list.ts';
import {lowerCamel} from '../lower-camel.ts';
import {defineResource} from '../resource-type.ts';
import {tagChanges} from '../tags.ts';

const settingMembers = {
  ServiceRoleArn: required(string),
  DeploymentConfigName: string,
  AlarmConfiguration: structure({
    Enabled: boolean,
    IgnorePollAlarmFailure: boolean,
    Alarms: list(structure({Name: string})),
  }),
  AutoRollbackConfiguration: structure({Enabled: boolean, Events: list(string)}),
  DeploymentStyle: structure({DeploymentType: string, DeploymentOption: string}),
};
const settings = structure(settingMembers);

/** Of the compute platform Lambda; what belongs to servers and containers is refused by name. */
export const codedeployDeploymentGroup = defineResource({
  type: 'AWS::CodeDeploy::DeploymentGroup',
  properties: structure({
    ApplicationName: required(string),
    DeploymentGroupName: string,
    ...settingMembers,
    Tags: tagList,
  }),
  createOnly: ['ApplicationName', 'DeploymentGroupName'],
  nameProperty: 'DeploymentGroupName',
  attributes: [],
  async create({ApplicationName: applicationName, DeploymentGroupName, Tags, ...group}, context) {
    const deploymentGroupName = DeploymentGroupName ?? context.name({longest: 100});
    await context.call('codedeploy', 'CreateDeploymentGroup', {
      applicationName,
      deploymentGroupName,
      ...(lowerCamel(settings, group) as object),
      tags: Tags,
    });
    return {id: deploymentGroupName};
  },
  async update({id, properties: before, attributes}, {DeploymentGroupName: _, Tags, ...group}, context) {
    const {ApplicationName: applicationName, ...now} = group;
    await context.call('codedeploy', 'UpdateDeploymentGroup', {
      applicationName,
      currentDeploymentGroupName: id,
      // What the template no longer has would stay as it was.
      alarmConfiguration: {enabled: false, alarms: []},
      autoRollbackConfiguration: {enabled: false, events: []},
      ...(lowerCamel(settings, now) as object),
    });
    const {set, removed} = tagChanges(before.Tags, Tags);
    const ResourceArn = `arn:aws:codedeploy:${context.region}:${context.account}:deploymentgroup:${applicationName}/${id}`;
    if (set.length > 0) await context.call('codedeploy', 'TagResource', {ResourceArn, Tags: set});
    if (removed.length > 0) await context.call('codedeploy', 'UntagResource', {ResourceArn, TagKeys: removed});
    return {id, attributes};
  },
  async delete({id: deploymentGroupName, properties: {ApplicationName: applicationName}}, context) {
    await context.call('codedeploy', 'DeleteDeploymentGroup', {applicationName, deploymentGroupName});
  },
});
