import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {tags} from '../shapes.ts';
import type {ApiGatewayStore} from '../store.ts';
import {onTags, taggedOf} from '../tagged.ts';

export const tagResource = operationOf<ApiGatewayStore>()({
  name: 'TagResource',
  input: structure({resourceArn: required(string), tags: required(tags)}),
  http: {method: 'POST', path: '/v2/tags/{resourceArn}', status: 201},
  permissions: ({resourceArn}, context) => onTags('POST', resourceArn, context),
  run(input, _context, store) {
    const tagged = taggedOf(input.resourceArn, store);
    tagged.retag({...tagged.tags, ...input.tags});
    return {};
  },
});
