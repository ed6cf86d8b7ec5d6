import {document, required, string, structure} from '../../shape.ts';
import {tagList} from '../../tag-list.ts';
import {policyText} from '../policy-text.ts';
import {defineResource} from '../resource-type.ts';
import {tagChanges} from '../tags.ts';

export const eventsEventBus = defineResource({
  type: 'AWS::Events::EventBus',
  properties: structure({Name: required(string), Policy: document, Tags: tagList}),
  createOnly: ['Name'],
  nameProperty: 'Name',
  attributes: ['Arn', 'Name', 'Policy'],
  async create({Name, Policy, Tags}, context) {
    const tags = Tags === undefined ? {} : {Tags};
    const {EventBusArn: Arn} = await context.call<{EventBusArn: string}>('events', 'CreateEventBus', {Name, ...tags});
    context.created(Name);
    if (Policy !== undefined)
      await context.call('events', 'PutPermission', {EventBusName: Name, Policy: policyText(Policy)});
    return {id: Name, attributes: {Arn, Name, Policy: Policy ?? ''}};
  },
  async update({id: EventBusName, properties: before, attributes}, {Policy, Tags}, context) {
    if (Policy !== undefined) await context.call('events', 'PutPermission', {EventBusName, Policy: policyText(Policy)});
    else if (before.Policy !== undefined)
      await context.call('events', 'RemovePermission', {EventBusName, RemoveAllPermissions: true});
    const {set, removed} = tagChanges(before.Tags, Tags);
    const ResourceARN = attributes.Arn;
    if (set.length > 0) await context.call('events', 'TagResource', {ResourceARN, Tags: set});
    if (removed.length > 0) await context.call('events', 'UntagResource', {ResourceARN, TagKeys: removed});
    return {id: EventBusName, attributes: {...attributes, Policy: Policy ?? ''}};
  },
  async delete({id: Name}, context) {
    await context.call('events', 'DeleteEventBus', {Name});
  },
});
