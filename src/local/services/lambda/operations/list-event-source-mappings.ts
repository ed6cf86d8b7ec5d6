import {operationOf} from '../../../operation.ts';
import {integer, string, structure} from '../../../shape.ts';
import {mappingAnswer} from '../mapping.ts';
import {page} from '../page.ts';
import type {LambdaStore} from '../store.ts';

export const listEventSourceMappings = operationOf<LambdaStore>()({
  name: 'ListEventSourceMappings',
  input: structure({EventSourceArn: string, FunctionName: string, Marker: string, MaxItems: integer}),
  http: {
    method: 'GET',
    path: '/2015-03-31/event-source-mappings',
    query: {EventSourceArn: 'EventSourceArn', FunctionName: 'FunctionName', Marker: 'Marker', MaxItems: 'MaxItems'},
  },
  permissions: () => [{action: 'lambda:ListEventSourceMappings', resource: '*'}],
  run({EventSourceArn, FunctionName, ...paging}, _context, store) {
    const functionArn = FunctionName === undefined ? undefined : store.arn(store.reference(FunctionName));
    const all = [...store.mappings.values()]
      .filter(one => EventSourceArn === undefined || one.EventSourceArn === EventSourceArn)
      .filter(one => functionArn === undefined || one.FunctionArn === functionArn)
      .sort((a, b) => (a.UUID < b.UUID ? -1 : 1));
    const {items, ...rest} = page(all, paging);
    return {EventSourceMappings: items.map(one => mappingAnswer(one, store)), ...rest};
  },
});
