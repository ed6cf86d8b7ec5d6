import {isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';

export default defineRule({
  id: 'resilience/concurrency-above-reserved',
  subject: 'function',
  severity: 'medium',
  title: 'A queue is read faster than its function may run',
  why: 'Lambda takes messages from the queue and is then throttled by the reserved concurrency. Each time counts as an attempt, so good messages end in the dead-letter queue.',
  remedy:
    'Set ScalingConfig: {MaximumConcurrency: ...} on the mapping, all mappings together no higher than the reserved concurrency.',
  since: '0.1.0',
  examples: {
    bad: 'ReservedConcurrentExecutions: 5\nScalingConfig: {MaximumConcurrency: 20}',
    good: 'ReservedConcurrentExecutions: 20\nScalingConfig: {MaximumConcurrency: 20}',
  },
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html',
  *check({name, arn, reservedConcurrency: reserved}, {inventory}) {
    const mappings = inventory.eventSourceMappings.filter(
      ({functionArn, kind}) => functionArn === arn && kind === 'sqs',
    );
    // Reserved nothing, it does not run at all: that is another rule's.
    if (reserved === undefined || reserved === 0 || mappings.length === 0) return;
    const limits = mappings.map(({maximumConcurrency}) => maximumConcurrency);
    const unknown = [reserved, ...limits].find(isUnresolved);
    if (unknown !== undefined) {
      yield {unknown: `its concurrency is not known: ${unknown.reason}`};
      return;
    }
    const together = limits.reduce<number>((sum, limit) => sum + ((limit as number | undefined) ?? 0), 0);
    const unlimited = mappings.filter((_, index) => limits[index] === undefined).map(mapping => mapping.name);
    if (unlimited.length > 0)
      yield {
        message: `${name} has a reserved concurrency of ${reserved}, and ${unlimited.join(' and ')} ${unlimited.length === 1 ? 'has' : 'have'} no MaximumConcurrency`,
        severity: 'low',
        evidence: {reservedConcurrency: Number(reserved), mappings: unlimited},
        key: 'unlimited',
      };
    else if (together > Number(reserved))
      yield {
        message: `the queues of ${name} are read ${together} at a time, and its reserved concurrency is ${reserved}`,
        evidence: {reservedConcurrency: Number(reserved), maximumConcurrency: together},
      };
  },
});
