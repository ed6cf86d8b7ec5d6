import {operationOf} from '../../../operation.ts';
import {notImplemented, ServiceError} from '../../../service-error.ts';
import {boolean, required, string, structure, timestamp} from '../../../shape.ts';
import {endOf, startOf, type Trace, type XrayStore} from '../store.ts';

const longest = 6 * 3600;

/** All traces of the span in one page; nothing is sampled away. */
export const getTraceSummaries = operationOf<XrayStore>()({
  name: 'GetTraceSummaries',
  input: structure({
    StartTime: required(timestamp),
    EndTime: required(timestamp),
    TimeRangeType: string,
    Sampling: boolean,
    FilterExpression: string,
  }),
  http: {method: 'POST', path: '/TraceSummaries'},
  permissions: () => [{action: 'xray:GetTraceSummaries', resource: '*'}],
  run({StartTime, EndTime, TimeRangeType = 'TraceId', FilterExpression}, _context, store) {
    if (FilterExpression !== undefined) throw notImplemented('a FilterExpression for traces');
    if (TimeRangeType !== 'TraceId') throw notImplemented(`the TimeRangeType ${TimeRangeType}`);
    const [from, to] = [StartTime.getTime() / 1000, EndTime.getTime() / 1000];
    if (to < from) throw new ServiceError('InvalidRequestException', 'Start time must be before end time');
    if (to - from > longest)
      throw new ServiceError('InvalidRequestException', 'Time range cannot be longer than 6 hours');
    const traces = store.between(from, to);
    return {
      TraceSummaries: traces.map(summary),
      ApproximateTime: new Date(store.clock.now()),
      TracesProcessedCount: traces.length,
    };
  },
});

function summary(trace: Trace): object {
  const {id, segments} = trace;
  const duration = endOf(trace) - startOf(trace);
  return {
    Id: id,
    StartTime: new Date(startOf(trace) * 1000),
    Duration: duration,
    ResponseTime: duration,
    HasFault: segments.some(({fault}) => fault),
    HasError: segments.some(({error}) => error),
    HasThrottle: segments.some(({throttle}) => throttle),
    IsPartial: segments.some(({end}) => end === undefined),
  };
}
