import {isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';

export default defineRule({
  id: 'resilience/endless-stream-retries',
  subject: 'eventSourceMapping',
  severity: 'high',
  title: 'A record that always fails blocks its shard until it expires',
  why: 'Without a bound Lambda retries a batch of a stream until the records expire, up to a day, and everything behind it waits.',
  remedy:
    'Set MaximumRetryAttempts and MaximumRecordAgeInSeconds, BisectBatchOnFunctionError, and an on-failure destination.',
  since: '0.1.0',
  examples: {
    bad: 'StartingPosition: TRIM_HORIZON',
    good: 'StartingPosition: TRIM_HORIZON\nMaximumRetryAttempts: 3\nBisectBatchOnFunctionError: true\nDestinationConfig: {OnFailure: {Destination: !GetAtt Failed.Arn}}',
  },
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html',
  *check({name, kind, maximumRetryAttempts, maximumRecordAge, bisectsBatch, onFailureDestination}) {
    if (kind !== 'kinesis' && kind !== 'dynamodb') return;
    if (maximumRetryAttempts === -1 && maximumRecordAge === -1)
      yield {message: `${name} retries without a bound`, evidence: {maximumRetryAttempts: -1, maximumRecordAge: -1}};
    else if (onFailureDestination === undefined)
      yield {
        message: `${name} gives up on a batch and tells nobody: it has no on-failure destination`,
        severity: 'medium',
        evidence: {onFailureDestination: 'none'},
        key: 'destination',
      };
    if (isUnresolved(bisectsBatch) || bisectsBatch) return;
    yield {
      message: `${name} does not split a failing batch, so that good records are given up with the bad one`,
      severity: 'low',
      evidence: {bisectBatchOnFunctionError: false},
      key: 'bisect',
    };
  },
});
