import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {mapping, mappingAnswer, onMapping} from '../mapping.ts';
import type {LambdaStore} from '../store.ts';

export const deleteEventSourceMapping = operationOf<LambdaStore>()({
  name: 'DeleteEventSourceMapping',
  input: structure({UUID: required(string)}),
  http: {method: 'DELETE', path: '/2015-03-31/event-source-mappings/{UUID}', status: 202},
  permissions: ({UUID}, context, store) => [onMapping('DeleteEventSourceMapping', UUID, context, store)],
  run({UUID}, _context, store) {
    const answer = mappingAnswer(mapping(UUID, store), store, 'Deleting');
    store.deleteMapping(UUID);
    return answer;
  },
});
