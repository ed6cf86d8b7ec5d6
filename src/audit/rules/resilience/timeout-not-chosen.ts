import {isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';

export default defineRule({
  id: 'resilience/timeout-not-chosen',
  subject: 'function',
  severity: 'info',
  title: 'A function has the shortest timeout that nobody chose, or the longest there is',
  why: '3 seconds are what Lambda takes when nothing is said: one cold start with one retried call is more. 15 minutes let a call that hangs be paid for 15 minutes.',
  remedy: 'Set Timeout to a few times what the function takes, and timeouts of its own for the calls that it makes.',
  since: '0.1.0',
  examples: {bad: 'Runtime: nodejs24.x', good: 'Runtime: nodejs24.x\nTimeout: 10'},
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html',
  *check({name, timeout}) {
    if (isUnresolved(timeout)) yield {unknown: `its timeout is not known: ${timeout.reason}`};
    else if (timeout === 3 || timeout === 900)
      yield {
        message: `${name} has a timeout of ${timeout} s, ${timeout === 3 ? 'which is the default' : 'the longest there is'}`,
        evidence: {timeout},
      };
  },
});
