import {randomUUID} from 'node:crypto';
import {operationOf} from '../../../operation.ts';
import {map, required, string, structure} from '../../../shape.ts';
import {conflict} from '../errors.ts';
import {functionArn, functionReference} from '../function-name.ts';
import {checkpointOf, mappingAnswer, mappingSettings} from '../mapping.ts';
import {mappingMembers} from '../mapping-input.ts';
import type {EventSourceMapping} from '../records.ts';
import type {LambdaStore} from '../store.ts';

export const createEventSourceMapping = operationOf<LambdaStore>()({
  name: 'CreateEventSourceMapping',
  input: structure({
    EventSourceArn: required(string),
    FunctionName: required(string),
    /** Where reading of a stream begins. */
    StartingPosition: string,
    Tags: map(string),
    ...mappingMembers,
  }),
  http: {method: 'POST', path: '/2015-03-31/event-source-mappings', status: 202},
  permissions: ({FunctionName}, context) => [
    {
      action: 'lambda:CreateEventSourceMapping',
      resource: '*',
      context: {'lambda:FunctionArn': functionArn(functionReference(FunctionName, context), context)},
    },
  ],
  async run({EventSourceArn, FunctionName, Tags = {}, ...input}, context, store) {
    const reference = store.reference(FunctionName);
    const settings = await mappingSettings(EventSourceArn, input, reference, context, store);
    const FunctionArn = store.arn(reference);
    const existing = [...store.mappings.values()].find(
      one => one.EventSourceArn === EventSourceArn && one.FunctionArn === FunctionArn,
    );
    if (existing !== undefined)
      throw conflict(
        `The event source arn (" ${EventSourceArn} ") and function (" ${reference.name} ") provided mapping already exists. Please update or delete the existing mapping with UUID ${existing.UUID}`,
      );
    const checkpoint = await checkpointOf(EventSourceArn, settings, reference, context, store);
    const UUID = randomUUID();
    const mapping: EventSourceMapping = {
      UUID,
      EventSourceMappingArn: `arn:aws:lambda:${context.region}:${context.account}:event-source-mapping:${UUID}`,
      EventSourceArn,
      FunctionArn,
      ...settings,
      LastModified: context.clock.now() / 1000,
      tags: Tags,
    };
    if (checkpoint !== undefined) store.checkpoints.set(UUID, checkpoint);
    store.setMapping(mapping);
    return mappingAnswer(mapping, store, 'Creating');
  },
});
