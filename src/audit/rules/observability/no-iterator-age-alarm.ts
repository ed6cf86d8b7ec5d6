import {isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';
import {watchesEveryFunction, watchesFunction} from '../../watches.ts';

export default defineRule({
  id: 'observability/no-iterator-age-alarm',
  subject: 'eventSourceMapping',
  severity: 'low',
  title: 'Nothing raises an alarm when a function falls behind its stream',
  why: 'Records expire after a day. A function that is slower than the stream, or stuck at one record, loses the rest without an error.',
  remedy: 'Add an AWS::CloudWatch::Alarm on the metric IteratorAge of AWS/Lambda for the function.',
  since: '0.1.0',
  examples: {
    bad: 'StartingPosition: TRIM_HORIZON',
    good: 'IngestBehind:\n  Type: AWS::CloudWatch::Alarm\n  Properties: {Namespace: AWS/Lambda, MetricName: IteratorAge, Dimensions: [{Name: FunctionName, Value: !Ref Ingest}], Threshold: 60000}',
  },
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html',
  *check({kind, functionArn}, {inventory: {alarms, functions}}) {
    if (kind !== 'kinesis' && kind !== 'dynamodb') return;
    const fn = functions.find(({arn}) => arn === functionArn);
    if (fn === undefined) {
      yield {unknown: 'the function that it feeds was not read'};
      return;
    }
    if (isUnresolved(alarms)) {
      yield {unknown: `the alarms are not known: ${alarms.reason}`};
      return;
    }
    const watched = alarms.some(({metrics}) =>
      metrics.some(metric => watchesFunction(metric, 'IteratorAge', fn) || watchesEveryFunction(metric, 'IteratorAge')),
    );
    if (!watched)
      yield {message: `no alarm tells that ${fn.name} falls behind`, evidence: {metric: 'AWS/Lambda IteratorAge'}};
  },
});
