import type {AlarmMetric} from '../model/alarm.ts';
import type {LambdaFunction} from '../model/lambda-function.ts';
import {nameInArn} from '../model/name-in-arn.ts';

/** Whether an alarm's metric is this one of this function. */
export function watchesFunction(metric: AlarmMetric, metricName: string, {arn}: LambdaFunction): boolean {
  const name = nameInArn(arn);
  return isLambdaMetric(metric, metricName) && metric.dimensions.FunctionName === name;
}

/** Of every function of the region together. */
export function watchesEveryFunction(metric: AlarmMetric, metricName: string): boolean {
  return isLambdaMetric(metric, metricName) && Object.keys(metric.dimensions).length === 0;
}

function isLambdaMetric(metric: AlarmMetric, metricName: string): boolean {
  return metric.namespace === 'AWS/Lambda' && metric.metricName === metricName;
}
