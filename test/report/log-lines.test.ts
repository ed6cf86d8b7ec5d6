import {expect, it} from 'vitest';
import {logEntry, tellsOfError} from '../../src/recovery/log-entry.ts';
import {logLineText} from '../../src/report/log-lines.ts';

const marked = (mark: string) => (text: string) => `<${mark}>${text}</${mark}>`;
const plain = (text: string) => text;
const paint = {bold: plain, dim: plain, red: plain, yellow: plain, cyan: plain};
const at = {group: '/orders', time: 0};

it('names the log group of a line only where lines of several are mixed', () => {
  const entry = logEntry('hello');
  expect(logLineText(at, entry, {withGroup: false, paint})).toBe('1970-01-01T00:00:00.000Z hello');
  expect(logLineText(at, entry, {withGroup: true, paint})).toBe('1970-01-01T00:00:00.000Z /orders hello');
});

const powertools = {service: 'orders', cold_start: true, function_arn: 'arn', sampling_rate: 0, xray_trace_id: '1-2'};

it.each<[what: string, line: string | object, text: string, error: boolean]>([
  [
    'a logger’s JSON line: level, message, what it adds, and nothing that it repeats each time',
    {level: 'INFO', message: 'Ingested', timestamp: 'then', ...powertools, function_request_id: 'id-1', rows: 2},
    'INFO  Ingested rows=2 request=id-1',
    false,
  ],
  [
    'a line that its code has coloured: plain, for colour is gear’s way to show a level',
    '2026-03-01T00:00:00.000Z\tid-1\tERROR\t\u001B[38;5;3mFailed\u001B[0m\u001B[2J',
    'ERROR Failed request=id-1',
    true,
  ],
  [
    'an error with its stack below it',
    {
      level: 'error',
      message: 'Failed',
      error: {name: 'TypeError', message: 'x is no y', stack: 'TypeError\n  at a.ts:1'},
    },
    'ERROR Failed error={"name":"TypeError","message":"x is no y"}\n    TypeError\n    at a.ts:1',
    true,
  ],
  [
    'what a handler threw, as the runtime logs it',
    {level: 'ERROR', requestId: 'id', message: {errorType: 'TypeError', errorMessage: 'no', stackTrace: ['at a.ts:1']}},
    'ERROR TypeError: no request=id\n    at a.ts:1',
    true,
  ],
  ['Node’s text line', '2026-01-01T00:00:00.000Z\tid-2\tWARN\tlate\tby far', 'WARN  late\tby far request=id-2', false],
  [
    'Python’s text line',
    '[ERROR]\t2026-01-01T00:00:00.000Z\tid-3\tKeyError: a',
    'ERROR KeyError: a request=id-3',
    true,
  ],
  ['Python’s error of the runtime', "[ERROR] KeyError: 'a'", "ERROR KeyError: 'a'", true],
  ['a line that is anybody’s', 'Traceback (most recent call last):', 'Traceback (most recent call last):', true],
  [
    'embedded metrics in one line',
    {
      _aws: {
        CloudWatchMetrics: [
          {
            Namespace: 'orders',
            Metrics: [
              {Name: 'Rows', Unit: 'Count'},
              {Name: 'Size', Unit: 'Bytes'},
            ],
          },
        ],
      },
      Rows: 1,
      Size: 80,
      service: 'error',
    },
    'metrics Rows 1, Size 80 Bytes (orders)',
    false,
  ],
  [
    'Lambda’s report',
    {
      type: 'platform.report',
      record: {requestId: 'id-4', status: 'success', metrics: {durationMs: 14.7, maxMemoryUsedMB: 75}},
    },
    'report  id-4  success  duration 14.7 ms  max memory used 75 MB',
    false,
  ],
  [
    'Lambda’s report of a failure',
    {type: 'platform.report', record: {requestId: 'id-5', status: 'timeout', metrics: {durationMs: 3000}}},
    'report  id-5  timeout  duration 3000 ms',
    true,
  ],
  ['what only begins as Lambda’s report', {type: 'platform.report', record: null, metrics: 3}, 'report', false],
  ['what only begins as metrics', {_aws: {CloudWatchMetrics: [null, {Metrics: [null]}]}}, 'metrics  ()', false],
  ['metrics that are no list', {_aws: {CloudWatchMetrics: 5}}, 'metrics  ()', false],
  [
    'Lambda’s text report',
    'REPORT RequestId: id-6\tDuration: 2 ms\tStatus: error',
    'REPORT RequestId: id-6  Duration: 2 ms  Status: error',
    true,
  ],
  [
    'a timeout',
    '2026-01-01T00:00:00.000Z id-7 Task timed out after 3.00 seconds',
    '2026-01-01T00:00:00.000Z id-7 Task timed out after 3.00 seconds',
    true,
  ],
])('%s', (_, line, text, error) => {
  const entry = logEntry(typeof line === 'string' ? line : JSON.stringify(line));
  expect(logLineText(at, entry, {withGroup: false, paint})).toBe(`1970-01-01T00:00:00.000Z ${text}`);
  expect(tellsOfError(entry)).toBe(error);
});

it('dims what Lambda says, and reddens what failed', () => {
  const coloured = {...paint, dim: marked('dim'), red: marked('red')};
  const text = (line: object) => logLineText(at, logEntry(JSON.stringify(line)), {withGroup: false, paint: coloured});
  expect(text({type: 'platform.start', record: {requestId: 'id'}})).toContain('<dim>start  id</dim>');
  expect(text({type: 'platform.report', record: {status: 'error'}})).toContain('<red>report  error</red>');
  expect(text({level: 'ERROR', message: 'no'})).toContain('<red>ERROR</red> no');
});
