import type {AssumedRole, ServicePrincipal} from '../../caller.ts';
import type {DeadLetter, DeliveryTarget, NewDelivery} from '../../deliveries.ts';
import {sessionOf} from '../../role-session.ts';
import type {BusEvent, Rule, Target} from './records.ts';
import {targetInput} from './target-input.ts';

interface Sender {
  /** The rule's ARN. */
  readonly sourceArn: string;
  readonly account: string;
  readonly now: number;
}

/** What one target of a rule is sent: as EventBridge itself, or with the role that the target names. */
export function delivery(rule: Rule, target: Target, event: BusEvent, {sourceArn, account, now}: Sender): NewDelivery {
  const service: ServicePrincipal = {
    kind: 'service',
    principal: 'events.amazonaws.com',
    sourceArn,
    sourceAccount: account,
  };
  const caller: ServicePrincipal | AssumedRole =
    target.RoleArn === undefined ? service : sessionOf(target.RoleArn, rule.name, 'events');
  const {MaximumRetryAttempts: attempts = 185, MaximumEventAgeInSeconds: ageSeconds = 86_400} =
    target.RetryPolicy ?? {};
  const text = (StringValue: string) => ({DataType: 'String', StringValue});
  const queueArn = target.DeadLetterConfig?.Arn;
  const deadLetter: DeadLetter | undefined =
    queueArn === undefined
      ? undefined
      : {
          queueArn,
          caller: service,
          body: JSON.stringify(event),
          attributes: {RULE_ARN: text(sourceArn), TARGET_ARN: text(target.Arn)},
          explained: true,
        };
  const input = targetInput(target, event, {ruleArn: sourceArn, ruleName: rule.name, now});
  return {
    caller,
    target: addressed(target, input),
    retry: {attempts, ageSeconds},
    ...(deadLetter !== undefined && {deadLetter}),
  };
}

function addressed({Arn: arn, SqsParameters}: Target, input: string): DeliveryTarget {
  const groupId = SqsParameters?.MessageGroupId;
  if (arn.startsWith('arn:aws:lambda:')) return {kind: 'function', arn, payload: input};
  if (arn.startsWith('arn:aws:sns:')) return {kind: 'topic', arn, message: input};
  return {kind: 'queue', arn, body: input, ...(groupId !== undefined && {groupId})};
}
