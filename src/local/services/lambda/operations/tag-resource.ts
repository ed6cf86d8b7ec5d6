import {operationOf} from '../../../operation.ts';
import {map, required, string, structure} from '../../../shape.ts';
import type {LambdaStore} from '../store.ts';
import {changeTags, onTagged} from '../tags.ts';

export const tagResource = operationOf<LambdaStore>()({
  name: 'TagResource',
  input: structure({Resource: required(string), Tags: required(map(string))}),
  http: {method: 'POST', path: '/2017-03-31/tags/{Resource}', status: 204},
  permissions: input => [onTagged('TagResource', input.Resource)],
  run({Resource, Tags}, _context, store) {
    changeTags(Resource, tags => ({...tags, ...Tags}), store);
    return {};
  },
});
