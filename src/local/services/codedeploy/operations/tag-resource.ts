import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import type {CodedeployStore} from '../store.ts';
import {onTagged, tagged, tagList, tagsOf} from '../tags.ts';

export const tagResource = operationOf<CodedeployStore>()({
  name: 'TagResource',
  input: structure({ResourceArn: required(string), Tags: required(tagList)}),
  permissions: ({ResourceArn}) => onTagged('TagResource', ResourceArn),
  run({ResourceArn, Tags}, _context, store) {
    const {tags, set} = tagged(ResourceArn, store);
    set({...tags, ...tagsOf(Tags)});
    return {};
  },
});
