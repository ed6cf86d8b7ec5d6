import {isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';
import {watchesFunction} from '../../watches.ts';

export default defineRule({
  id: 'observability/no-error-alarm',
  subject: 'function',
  severity: 'info',
  title: 'Nothing raises an alarm when a function fails',
  why: 'Functions behind queues and events fail in silence: nobody waits for their answer.',
  remedy: 'Add an AWS::CloudWatch::Alarm on the metric Errors of AWS/Lambda for the function.',
  since: '0.1.0',
  examples: {
    bad: 'Ingest: {Type: AWS::Lambda::Function}',
    good: 'IngestErrors:\n  Type: AWS::CloudWatch::Alarm\n  Properties: {Namespace: AWS/Lambda, MetricName: Errors, Dimensions: [{Name: FunctionName, Value: !Ref Ingest}]}',
  },
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html',
  *check(fn, {inventory: {alarms}}) {
    if (isUnresolved(alarms)) {
      yield {unknown: `the alarms are not known: ${alarms.reason}`};
      return;
    }
    if (alarms.some(({metrics}) => metrics.some(metric => watchesFunction(metric, 'Errors', fn)))) return;
    yield {message: `no alarm watches the errors of ${fn.name}`, evidence: {metric: 'AWS/Lambda Errors'}};
  },
});
