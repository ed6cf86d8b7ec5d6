import {boolean, integer, list, required, string, structure} from '../../shape.ts';
import {defineResource} from '../resource-type.ts';

export const lambdaEventSourceMapping = defineResource({
  type: 'AWS::Lambda::EventSourceMapping',
  properties: structure({
    BatchSize: integer,
    Enabled: boolean,
    EventSourceArn: required(string),
    FilterCriteria: structure({Filters: list(structure({Pattern: string}))}),
    FunctionName: required(string),
    FunctionResponseTypes: list(string),
    MaximumBatchingWindowInSeconds: integer,
    ScalingConfig: structure({MaximumConcurrency: integer}),
  }),
  createOnly: ['EventSourceArn'],
  attributes: ['EventSourceMappingArn', 'Id'],
  async create(properties, context) {
    const {UUID} = await context.call<{UUID: string}>('lambda', 'CreateEventSourceMapping', properties);
    const EventSourceMappingArn = `arn:aws:lambda:${context.region}:${context.account}:event-source-mapping:${UUID}`;
    return {id: UUID, attributes: {EventSourceMappingArn, Id: UUID}};
  },
  async update({id: UUID, properties: before, attributes}, {EventSourceArn: _, ...after}, context) {
    await context.call('lambda', 'UpdateEventSourceMapping', {
      UUID,
      // What the template no longer says goes back to what it is without being said.
      ...(before.BatchSize === undefined ? {} : {BatchSize: 10}),
      ...(before.Enabled === undefined ? {} : {Enabled: true}),
      ...(before.FilterCriteria === undefined ? {} : {FilterCriteria: {}}),
      ...(before.FunctionResponseTypes === undefined ? {} : {FunctionResponseTypes: []}),
      ...(before.MaximumBatchingWindowInSeconds === undefined ? {} : {MaximumBatchingWindowInSeconds: 0}),
      ...(before.ScalingConfig === undefined ? {} : {ScalingConfig: {}}),
      ...after,
    });
    return {id: UUID, attributes};
  },
  async delete({id: UUID}, context) {
    await context.call('lambda', 'DeleteEventSourceMapping', {UUID});
  },
});
