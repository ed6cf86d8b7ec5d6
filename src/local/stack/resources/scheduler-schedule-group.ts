import {string, structure} from '../../shape.ts';
import {tagList} from '../../tag-list.ts';
import {defineResource} from '../resource-type.ts';
import {tagChanges} from '../tags.ts';

export const schedulerScheduleGroup = defineResource({
  type: 'AWS::Scheduler::ScheduleGroup',
  properties: structure({Name: string, Tags: tagList}),
  createOnly: ['Name'],
  nameProperty: 'Name',
  attributes: ['Arn', 'State'],
  async create({Name: given, Tags}, context) {
    const Name = given ?? context.name({longest: 64});
    const {ScheduleGroupArn: Arn} = await context.call<{ScheduleGroupArn: string}>('scheduler', 'CreateScheduleGroup', {
      Name,
      ...(Tags !== undefined && {Tags}),
    });
    return {id: Name, attributes: {Arn, State: 'ACTIVE'}};
  },
  async update({id, properties: before, attributes}, {Tags}, context) {
    const {set, removed} = tagChanges(before.Tags, Tags);
    const ResourceArn = attributes.Arn;
    if (set.length > 0) await context.call('scheduler', 'TagResource', {ResourceArn, Tags: set});
    if (removed.length > 0) await context.call('scheduler', 'UntagResource', {ResourceArn, TagKeys: removed});
    return {id, attributes};
  },
  async delete({id: Name}, context) {
    await context.call('scheduler', 'DeleteScheduleGroup', {Name});
  },
});
