import {boolean, integer, list, required, string, structure} from '../../shape.ts';
import {tagList, tagMap} from '../../tag-list.ts';
import {defineResource} from '../resource-type.ts';
import {tagChanges} from '../tags.ts';

export const lambdaEventSourceMapping = defineResource({
  type: 'AWS::Lambda::EventSourceMapping',
  properties: structure({
    BatchSize: integer,
    BisectBatchOnFunctionError: boolean,
    DestinationConfig: structure({OnFailure: structure({Destination: required(string)})}),
    Enabled: boolean,
    EventSourceArn: required(string),
    FilterCriteria: structure({Filters: list(structure({Pattern: string}))}),
    FunctionName: required(string),
    FunctionResponseTypes: list(string),
    MaximumBatchingWindowInSeconds: integer,
    MaximumRecordAgeInSeconds: integer,
    MaximumRetryAttempts: integer,
    ParallelizationFactor: integer,
    ScalingConfig: structure({MaximumConcurrency: integer}),
    StartingPosition: string,
    Tags: tagList,
  }),
  createOnly: ['EventSourceArn', 'StartingPosition'],
  attributes: ['EventSourceMappingArn', 'Id'],
  async create({Tags, ...mapping}, context) {
    const {UUID} = await context.call<{UUID: string}>('lambda', 'CreateEventSourceMapping', {
      ...mapping,
      ...(Tags === undefined ? {} : {Tags: tagMap(Tags)}),
    });
    const EventSourceMappingArn = `arn:aws:lambda:${context.region}:${context.account}:event-source-mapping:${UUID}`;
    return {id: UUID, attributes: {EventSourceMappingArn, Id: UUID}};
  },
  async update({id: UUID, properties: before, attributes}, after, context) {
    const {EventSourceArn, StartingPosition: _, Tags, ...settings} = after;
    await context.call('lambda', 'UpdateEventSourceMapping', {
      UUID,
      // What the template no longer says goes back to what it is without being said.
      ...(before.BatchSize === undefined ? {} : {BatchSize: EventSourceArn.startsWith('arn:aws:sqs:') ? 10 : 100}),
      ...(before.BisectBatchOnFunctionError === undefined ? {} : {BisectBatchOnFunctionError: false}),
      ...(before.DestinationConfig === undefined ? {} : {DestinationConfig: {}}),
      ...(before.Enabled === undefined ? {} : {Enabled: true}),
      ...(before.FilterCriteria === undefined ? {} : {FilterCriteria: {}}),
      ...(before.FunctionResponseTypes === undefined ? {} : {FunctionResponseTypes: []}),
      ...(before.MaximumBatchingWindowInSeconds === undefined ? {} : {MaximumBatchingWindowInSeconds: 0}),
      ...(before.MaximumRecordAgeInSeconds === undefined ? {} : {MaximumRecordAgeInSeconds: -1}),
      ...(before.MaximumRetryAttempts === undefined ? {} : {MaximumRetryAttempts: -1}),
      ...(before.ParallelizationFactor === undefined ? {} : {ParallelizationFactor: 1}),
      ...(before.ScalingConfig === undefined ? {} : {ScalingConfig: {}}),
      ...settings,
    });
    const {set, removed} = tagChanges(before.Tags, Tags);
    const Resource = attributes.EventSourceMappingArn;
    if (set.length > 0) await context.call('lambda', 'TagResource', {Resource, Tags: tagMap(set)});
    if (removed.length > 0) await context.call('lambda', 'UntagResource', {Resource, TagKeys: removed});
    return {id: UUID, attributes};
  },
  async delete({id: UUID}, context) {
    await context.call('lambda', 'DeleteEventSourceMapping', {UUID});
  },
});
