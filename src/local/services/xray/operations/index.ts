import {batchGetTraces} from './batch-get-traces.ts';
import {getTraceSummaries} from './get-trace-summaries.ts';
import {putTelemetryRecords} from './put-telemetry-records.ts';
import {putTraceSegments} from './put-trace-segments.ts';

export const operations = [batchGetTraces, getTraceSummaries, putTelemetryRecords, putTraceSegments];
