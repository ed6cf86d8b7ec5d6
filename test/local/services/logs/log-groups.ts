import type {MetricSample} from '../../../../src/local/services/logs/metric-sample.ts';
import {logsService} from '../../../../src/local/services/logs/service.ts';
import {type Bench, manualClock, openBench} from '../../harness.ts';

/** A bench with the log group /orders and its stream a; `samples` collects what goes to CloudWatch. */
export async function openLogs() {
  const clock = manualClock();
  const bench = openBench(clock);
  const samples: MetricSample[] = [];
  startLogs(bench, samples);
  const call = <T = Record<string, unknown>>(operation: string, input: object = {}) =>
    bench.call<T>('logs', operation, input);
  const put = (messages: readonly (string | object)[], logStreamName = 'a', timestamp = clock.now()) =>
    call('PutLogEvents', {
      logGroupName: '/orders',
      logStreamName,
      logEvents: messages.map(message => ({
        timestamp,
        message: typeof message === 'string' ? message : JSON.stringify(message),
      })),
    });
  await call('CreateLogGroup', {logGroupName: '/orders'});
  await call('CreateLogStream', {logGroupName: '/orders', logStreamName: 'a'});
  return {bench, clock, call, put, samples};
}

export function startLogs(bench: Bench, samples: MetricSample[] = []) {
  const service = logsService({
    state: bench.state,
    clock: bench.clock,
    account: '000000000000',
    region: 'us-east-1',
    onMetric: sample => samples.push(sample),
  });
  bench.services.set('logs', service);
  return service;
}
