import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import type {ApiGatewayStore} from '../store.ts';
import {onTags, taggedOf} from '../tagged.ts';

export const getTags = operationOf<ApiGatewayStore>()({
  name: 'GetTags',
  input: structure({resourceArn: required(string)}),
  http: {method: 'GET', path: '/v2/tags/{resourceArn}'},
  permissions: ({resourceArn}, context) => onTags('GET', resourceArn, context),
  run: ({resourceArn}, _context, store) => ({tags: taggedOf(resourceArn, store).tags}),
});
