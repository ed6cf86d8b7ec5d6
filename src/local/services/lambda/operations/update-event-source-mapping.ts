import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {mapping, mappingAnswer, mappingSettings, onMapping} from '../mapping.ts';
import {mappingMembers} from '../mapping-input.ts';
import type {EventSourceMapping} from '../records.ts';
import type {LambdaStore} from '../store.ts';

export const updateEventSourceMapping = operationOf<LambdaStore>()({
  name: 'UpdateEventSourceMapping',
  input: structure({UUID: required(string), FunctionName: string, ...mappingMembers}),
  http: {method: 'PUT', path: '/2015-03-31/event-source-mappings/{UUID}', status: 202},
  permissions: ({UUID}, context, store) => [onMapping('UpdateEventSourceMapping', UUID, context, store)],
  async run({UUID, FunctionName, ...input}, context, store) {
    const before = mapping(UUID, store);
    const reference = store.reference(FunctionName ?? before.FunctionArn);
    const settings = await mappingSettings(before.EventSourceArn, input, reference, context, store, before);
    const {ScalingConfig, FilterCriteria, ...kept} = mapping(UUID, store);
    const changed: EventSourceMapping = {
      ...kept,
      FunctionArn: store.arn(reference),
      ...settings,
      LastModified: context.clock.now() / 1000,
    };
    store.setMapping(changed);
    return mappingAnswer(changed, store, 'Updating');
  },
});
