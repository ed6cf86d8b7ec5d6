import {operationOf} from '../../../operation.ts';
import {integer, required, string, structure} from '../../../shape.ts';
import {latest} from '../function-configuration.ts';
import {onFunction} from '../function-name.ts';
import {page} from '../page.ts';
import type {LambdaStore} from '../store.ts';

export const listVersionsByFunction = operationOf<LambdaStore>()({
  name: 'ListVersionsByFunction',
  input: structure({FunctionName: required(string), Marker: string, MaxItems: integer}),
  http: {
    method: 'GET',
    path: '/2015-03-31/functions/{FunctionName}/versions',
    query: {Marker: 'Marker', MaxItems: 'MaxItems'},
  },
  permissions: (input, context) => [onFunction('ListVersionsByFunction', input, context)],
  run({FunctionName, ...paging}, _context, store) {
    const {name} = store.reference(FunctionName);
    const current = store.function({name}).latest;
    // In this list, and only here, the ARN of the unpublished version carries its qualifier.
    const all = [{...current, FunctionArn: store.arn({name, qualifier: latest})}, ...store.versionsOf(name)];
    const {items, ...rest} = page(all, paging);
    return {Versions: items, ...rest};
  },
});
