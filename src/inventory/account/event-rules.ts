import type {Target} from '@aws-sdk/client-eventbridge';
import type {Delivery} from '../../model/delivery.ts';
import {isUnresolved, type Resolvable} from '../../model/resolvable.ts';
import type {DeliveryCalls, RuleName} from './delivery-calls.ts';
import {inBatches} from './in-batches.ts';
import type {Reading} from './reading.ts';

export interface EventRule {
  readonly arn: string;
  readonly targets: Resolvable<readonly Target[]>;
}

export async function readEventRules(
  calls: DeliveryCalls,
  arns: readonly string[],
  {attempt}: Reading,
): Promise<readonly EventRule[]> {
  return inBatches(arns, async arn => ({
    arn,
    targets: await attempt('resilience/*', arn, async () => (await calls.targetsOfRule(ruleName(arn))) ?? []),
  }));
}

/** `rule/nightly` is on the default event bus, `rule/orders/placed` on that of the orders. */
export function ruleName(arn: string): RuleName {
  const [, ...path] = arn.slice(arn.lastIndexOf(':') + 1).split('/');
  const name = path.pop() ?? '';
  return path.length === 0 ? {name} : {name, eventBus: path.join('/')};
}

export function deliveriesOf({arn, targets}: EventRule, region: string): readonly Delivery[] {
  if (isUnresolved(targets)) return [];
  return targets.map(({Arn: target = '', DeadLetterConfig}) => ({
    kind: 'event-rule',
    name: ruleName(arn).name,
    target,
    ...(DeadLetterConfig?.Arn === undefined ? {} : {deadLetterQueue: DeadLetterConfig.Arn}),
    origin: {arn, region},
  }));
}
