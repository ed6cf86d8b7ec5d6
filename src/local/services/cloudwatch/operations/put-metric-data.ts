import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {double, integer, list, required, string, structure, timestamp} from '../../../shape.ts';
import {observationsOf} from '../metric-datum.ts';
import {dimensions} from '../shapes.ts';
import type {CloudwatchStore} from '../store.ts';

const datum = structure({
  MetricName: required(string),
  Dimensions: dimensions,
  Timestamp: timestamp,
  Value: double,
  StatisticValues: structure({
    SampleCount: required(double),
    Sum: required(double),
    Minimum: required(double),
    Maximum: required(double),
  }),
  Values: list(double),
  Counts: list(double),
  Unit: string,
  /** 1 or 60; every observation is kept with its own second either way. */
  StorageResolution: integer,
});

export const putMetricData = operationOf<CloudwatchStore>()({
  name: 'PutMetricData',
  input: structure({Namespace: required(string), MetricData: required(list(datum))}),
  permissions: input => [
    {action: 'cloudwatch:PutMetricData', resource: '*', context: {'cloudwatch:namespace': input.Namespace}},
  ],
  run(input, {clock}, store) {
    // AWS's own metrics are its services' to make.
    if (input.Namespace.startsWith('AWS/'))
      throw new ServiceError('InvalidParameterValue', 'The value AWS/ for parameter Namespace is invalid.');
    const all = input.MetricData.map(entry => observationsOf(input.Namespace, entry, clock.now()));
    for (const {metric, time, observations} of all)
      for (const observation of observations) store.observe(metric, time, observation);
    return {};
  },
});
