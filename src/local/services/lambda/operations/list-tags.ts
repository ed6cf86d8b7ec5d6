import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import type {LambdaStore} from '../store.ts';
import {onTagged, tagsOf} from '../tags.ts';

export const listTags = operationOf<LambdaStore>()({
  name: 'ListTags',
  input: structure({Resource: required(string)}),
  http: {method: 'GET', path: '/2017-03-31/tags/{Resource}'},
  permissions: input => [onTagged('ListTags', input.Resource)],
  run: ({Resource}, _context, store) => ({Tags: tagsOf(Resource, store)}),
});
