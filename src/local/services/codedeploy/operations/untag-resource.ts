import {operationOf} from '../../../operation.ts';
import {list, required, string, structure} from '../../../shape.ts';
import type {CodedeployStore} from '../store.ts';
import {onTagged, tagged} from '../tags.ts';

export const untagResource = operationOf<CodedeployStore>()({
  name: 'UntagResource',
  input: structure({ResourceArn: required(string), TagKeys: required(list(string))}),
  permissions: ({ResourceArn}) => onTagged('UntagResource', ResourceArn),
  run({ResourceArn, TagKeys}, _context, store) {
    const {tags, set} = tagged(ResourceArn, store);
    set(Object.fromEntries(Object.entries(tags).filter(([key]) => !TagKeys.includes(key))));
    return {};
  },
});
