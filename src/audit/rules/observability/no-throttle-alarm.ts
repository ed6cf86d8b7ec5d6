import {isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';
import {watchesEveryFunction, watchesFunction} from '../../watches.ts';

export default defineRule({
  id: 'observability/no-throttle-alarm',
  subject: 'function',
  severity: 'info',
  title: 'An alarm watches the errors of a function, and none its throttles',
  why: 'An invocation that is throttled is not an error of the function: its alarm stays quiet while callers are refused and events wait.',
  remedy: 'Add an AWS::CloudWatch::Alarm on the metric Throttles of AWS/Lambda for the function.',
  since: '0.1.0',
  examples: {
    bad: 'IngestErrors: {Type: AWS::CloudWatch::Alarm, Properties: {MetricName: Errors}}',
    good: 'IngestThrottles: {Type: AWS::CloudWatch::Alarm, Properties: {MetricName: Throttles}}',
  },
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html',
  *check(fn, {inventory: {alarms}}) {
    // Unknown alarms, and functions without any, are the rule's about errors.
    if (isUnresolved(alarms)) return;
    const metrics = alarms.flatMap(alarm => alarm.metrics);
    if (!metrics.some(metric => watchesFunction(metric, 'Errors', fn))) return;
    if (metrics.some(metric => watchesFunction(metric, 'Throttles', fn) || watchesEveryFunction(metric, 'Throttles')))
      return;
    yield {message: `no alarm tells that ${fn.name} is throttled`, evidence: {metric: 'AWS/Lambda Throttles'}};
  },
});
