import {required, string, structure} from '../../shape.ts';
import {tagList} from '../../tag-list.ts';
import {defineResource} from '../resource-type.ts';
import {tagChanges} from '../tags.ts';

export const codedeployApplication = defineResource({
  type: 'AWS::CodeDeploy::Application',
  properties: structure({ApplicationName: string, ComputePlatform: required(string), Tags: tagList}),
  createOnly: ['ApplicationName', 'ComputePlatform'],
  nameProperty: 'ApplicationName',
  attributes: [],
  async create({ApplicationName, ComputePlatform, Tags}, context) {
    const applicationName = ApplicationName ?? context.name({longest: 100});
    await context.call('codedeploy', 'CreateApplication', {
      applicationName,
      computePlatform: ComputePlatform,
      tags: Tags,
    });
    return {id: applicationName};
  },
  async update({id, properties: before, attributes}, {Tags}, context) {
    const {set, removed} = tagChanges(before.Tags, Tags);
    const ResourceArn = `arn:aws:codedeploy:${context.region}:${context.account}:application:${id}`;
    if (set.length > 0) await context.call('codedeploy', 'TagResource', {ResourceArn, Tags: set});
    if (removed.length > 0) await context.call('codedeploy', 'UntagResource', {ResourceArn, TagKeys: removed});
    return {id, attributes};
  },
  async delete({id: applicationName}, context) {
    await context.call('codedeploy', 'DeleteApplication', {applicationName});
  },
});
