import {operationOf} from '../../../operation.ts';
import {integer, list, required, string, structure, timestamp} from '../../../shape.ts';
import type {XrayStore} from '../store.ts';

const connectionErrors = structure({
  TimeoutCount: integer,
  ConnectionRefusedCount: integer,
  HTTPCode4XXCount: integer,
  HTTPCode5XXCount: integer,
  UnknownHostCount: integer,
  OtherCount: integer,
});

/** What an X-Ray daemon tells of itself: AWS has no operation that gives it back, and it goes nowhere here either. */
export const putTelemetryRecords = operationOf<XrayStore>()({
  name: 'PutTelemetryRecords',
  input: structure({
    TelemetryRecords: required(
      list(
        structure({
          Timestamp: required(timestamp),
          SegmentsReceivedCount: integer,
          SegmentsSentCount: integer,
          SegmentsSpilloverCount: integer,
          SegmentsRejectedCount: integer,
          BackendConnectionErrors: connectionErrors,
        }),
      ),
    ),
    EC2InstanceId: string,
    Hostname: string,
    ResourceARN: string,
  }),
  http: {method: 'POST', path: '/TelemetryRecords'},
  permissions: () => [{action: 'xray:PutTelemetryRecords', resource: '*'}],
  run: () => ({}),
});
