import {cloudwatchService} from '../../../../src/local/services/cloudwatch/service.ts';
import {type Bench, manualClock, openBench} from '../../harness.ts';

export function openCloudwatch() {
  const clock = manualClock();
  const bench = openBench(clock);
  let service = startCloudwatch(bench);
  return {
    bench,
    clock,
    call: <T = Record<string, unknown>>(operation: string, input: object = {}) =>
      bench.call<T>('cloudwatch', operation, input),
    /** An observation of Orders/Failed, as a service reports it. */
    record: (value: number, dimensions: Record<string, string> = {}) =>
      service.store.record({
        namespace: 'Orders',
        metricName: 'Failed',
        dimensions,
        value,
        unit: 'Count',
        time: clock.now(),
      }),
    async restart() {
      await service.close?.();
      service = startCloudwatch(bench);
    },
  };
}

function startCloudwatch(bench: Bench) {
  const service = cloudwatchService({
    state: bench.state,
    clock: bench.clock,
    account: '000000000000',
    region: 'us-east-1',
  });
  bench.services.set('cloudwatch', service);
  return service;
}
