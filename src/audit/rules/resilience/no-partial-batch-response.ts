import {asWritten, isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';

export default defineRule({
  id: 'resilience/no-partial-batch-response',
  subject: 'eventSourceMapping',
  severity: 'medium',
  title: 'One failed record brings its whole batch back',
  why: 'Records that were handled are handled again, and one poison message takes its neighbours to the dead-letter queue.',
  remedy: 'Set FunctionResponseTypes: [ReportBatchItemFailures], and have the handler return the failed ones.',
  since: '0.1.0',
  examples: {bad: 'BatchSize: 10', good: 'BatchSize: 10\nFunctionResponseTypes: [ReportBatchItemFailures]'},
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html',
  *check({name, kind, batchSize, reportsBatchItemFailures}) {
    if (!['sqs', 'kinesis', 'dynamodb'].includes(kind) || batchSize === 1) return;
    if (isUnresolved(reportsBatchItemFailures))
      yield {unknown: `its response types are not known: ${reportsBatchItemFailures.reason}`};
    else if (!reportsBatchItemFailures)
      yield {
        message: `${name} takes batches${isUnresolved(batchSize) ? '' : ` of ${batchSize}`} and fails them as a whole`,
        evidence: {batchSize: asWritten(batchSize)},
      };
  },
});
