import {defineRule} from '../../define-rule.ts';

export default defineRule({
  id: 'resilience/reserved-concurrency-zero',
  subject: 'function',
  severity: 'medium',
  title: 'A function is switched off',
  why: 'With a reserved concurrency of 0 every invocation is throttled: callers get errors, and events are retried until they are given up.',
  remedy: 'Take ReservedConcurrentExecutions away, or stop what invokes the function as well.',
  since: '0.1.0',
  examples: {bad: 'ReservedConcurrentExecutions: 0', good: 'ReservedConcurrentExecutions: 10'},
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html',
  *check({name, reservedConcurrency}) {
    if (reservedConcurrency === 0)
      yield {message: `${name} has a reserved concurrency of 0 and never runs`, evidence: {reservedConcurrency: 0}};
  },
});
