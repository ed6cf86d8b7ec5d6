import {integer, string, structure} from '../../shape.ts';
import {tagList, tagMap} from '../../tag-list.ts';
import {defineResource, type ResourceContext} from '../resource-type.ts';
import {tagChanges} from '../tags.ts';

export const logsLogGroup = defineResource({
  type: 'AWS::Logs::LogGroup',
  properties: structure({LogGroupName: string, RetentionInDays: integer, Tags: tagList}),
  createOnly: ['LogGroupName'],
  nameProperty: 'LogGroupName',
  attributes: ['Arn'],
  async create({LogGroupName, RetentionInDays, Tags}, context) {
    const logGroupName = LogGroupName ?? context.name({longest: 512});
    await context.call('logs', 'CreateLogGroup', {
      logGroupName,
      ...(Tags === undefined ? {} : {tags: tagMap(Tags)}),
    });
    context.created(logGroupName);
    await setRetention(logGroupName, RetentionInDays, context);
    return {id: logGroupName, attributes: {Arn: `${groupArn(logGroupName, context)}:*`}};
  },
  async update({id: logGroupName, properties: before, attributes}, after, context) {
    if (before.RetentionInDays !== after.RetentionInDays) {
      if (after.RetentionInDays === undefined) await context.call('logs', 'DeleteRetentionPolicy', {logGroupName});
      await setRetention(logGroupName, after.RetentionInDays, context);
    }
    const {set, removed} = tagChanges(before.Tags, after.Tags);
    const resourceArn = groupArn(logGroupName, context);
    if (set.length > 0) await context.call('logs', 'TagResource', {resourceArn, tags: tagMap(set)});
    if (removed.length > 0) await context.call('logs', 'UntagResource', {resourceArn, tagKeys: removed});
    return {id: logGroupName, attributes};
  },
  async delete({id: logGroupName}, context) {
    await context.call('logs', 'DeleteLogGroup', {logGroupName});
  },
});

function groupArn(name: string, {region, account}: ResourceContext): string {
  return `arn:aws:logs:${region}:${account}:log-group:${name}`;
}

async function setRetention(
  logGroupName: string,
  retentionInDays: number | undefined,
  context: ResourceContext,
): Promise<void> {
  if (retentionInDays !== undefined) await context.call('logs', 'PutRetentionPolicy', {logGroupName, retentionInDays});
}
