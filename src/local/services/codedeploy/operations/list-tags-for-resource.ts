import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import type {CodedeployStore} from '../store.ts';
import {onTagged, tagged} from '../tags.ts';

export const listTagsForResource = operationOf<CodedeployStore>()({
  name: 'ListTagsForResource',
  input: structure({ResourceArn: required(string), NextToken: string}),
  permissions: ({ResourceArn}) => onTagged('ListTagsForResource', ResourceArn),
  run: ({ResourceArn}, _context, store) => ({
    Tags: Object.entries(tagged(ResourceArn, store).tags).map(([Key, Value]) => ({Key, Value})),
  }),
});
