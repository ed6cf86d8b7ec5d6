import {operationOf} from '../../../operation.ts';
import {list, required, string, structure} from '../../../shape.ts';
import {readSegment} from '../segment.ts';
import type {XrayStore} from '../store.ts';

export const putTraceSegments = operationOf<XrayStore>()({
  name: 'PutTraceSegments',
  input: structure({TraceSegmentDocuments: required(list(string))}),
  http: {method: 'POST', path: '/TraceSegments'},
  permissions: () => [{action: 'xray:PutTraceSegments', resource: '*'}],
  run({TraceSegmentDocuments}, _context, store) {
    const UnprocessedTraceSegments = TraceSegmentDocuments.flatMap(document => {
      const segment = readSegment(document);
      if (typeof segment === 'string') return [{ErrorCode: 'InvalidSegment', Message: segment}];
      store.add(segment);
      return [];
    });
    return {UnprocessedTraceSegments};
  },
});
