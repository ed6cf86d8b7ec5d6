import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {mapping, mappingAnswer, onMapping} from '../mapping.ts';
import type {LambdaStore} from '../store.ts';

export const getEventSourceMapping = operationOf<LambdaStore>()({
  name: 'GetEventSourceMapping',
  input: structure({UUID: required(string)}),
  http: {method: 'GET', path: '/2015-03-31/event-source-mappings/{UUID}'},
  permissions: ({UUID}, context, store) => [onMapping('GetEventSourceMapping', UUID, context, store)],
  run: ({UUID}, _context, store) => mappingAnswer(mapping(UUID, store), store),
});
