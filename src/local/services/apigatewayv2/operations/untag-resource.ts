import {operationOf} from '../../../operation.ts';
import {list, required, string, structure} from '../../../shape.ts';
import type {ApiGatewayStore} from '../store.ts';
import {onTags, taggedOf} from '../tagged.ts';

export const untagResource = operationOf<ApiGatewayStore>()({
  name: 'UntagResource',
  input: structure({resourceArn: required(string), tagKeys: required(list(string))}),
  http: {method: 'DELETE', path: '/v2/tags/{resourceArn}', query: {tagKeys: 'tagKeys'}, status: 204},
  permissions: ({resourceArn}, context) => onTags('DELETE', resourceArn, context),
  run({resourceArn, tagKeys}, _context, store) {
    const tagged = taggedOf(resourceArn, store);
    tagged.retag(Object.fromEntries(Object.entries(tagged.tags).filter(([key]) => !tagKeys.includes(key))));
    return {};
  },
});
