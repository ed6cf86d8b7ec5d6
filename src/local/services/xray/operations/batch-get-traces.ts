import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {list, required, string, structure} from '../../../shape.ts';
import {endOf, startOf, type XrayStore} from '../store.ts';

const most = 5;

export const batchGetTraces = operationOf<XrayStore>()({
  name: 'BatchGetTraces',
  input: structure({TraceIds: required(list(string))}),
  http: {method: 'POST', path: '/Traces'},
  permissions: () => [{action: 'xray:BatchGetTraces', resource: '*'}],
  run({TraceIds}, _context, store) {
    if (TraceIds.length > most)
      throw new ServiceError('InvalidRequestException', `No more than ${most} traces can be asked for at once`);
    const found = TraceIds.map(id => store.trace(id)).filter(trace => trace !== undefined);
    return {
      Traces: found.map(trace => ({
        Id: trace.id,
        Duration: endOf(trace) - startOf(trace),
        LimitExceeded: false,
        Segments: trace.segments.map(({id, document}) => ({Id: id, Document: document})),
      })),
      UnprocessedTraceIds: TraceIds.filter(id => store.trace(id) === undefined),
    };
  },
});
