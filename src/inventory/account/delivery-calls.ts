import type {Target} from '@aws-sdk/client-eventbridge';
import type {Subscription} from '@aws-sdk/client-sns';
import type {AwsClients} from '../../aws/clients.ts';
import {described, ifThere, pages} from './asking.ts';

/** What brings events to functions and queues. */
export interface DeliveryCalls {
  /** Undefined when there is no such topic. */
  topicAttributes(arn: string): Promise<Readonly<Record<string, string>> | undefined>;
  subscriptions(topicArn: string): Promise<readonly Subscription[]>;
  subscriptionAttributes(arn: string): Promise<Readonly<Record<string, string>>>;
  /** Undefined when there is no such rule. */
  targetsOfRule(rule: RuleName): Promise<readonly Target[] | undefined>;
  /** On the default event bus. */
  rulesWithTarget(arn: string): Promise<readonly string[]>;
}

export interface RuleName {
  readonly name: string;
  /** Absent for the default event bus. */
  readonly eventBus?: string;
}

export function deliveryCalls(clients: AwsClients): DeliveryCalls {
  return {
    topicAttributes: arn =>
      described(`read the topic ${arn}`, () =>
        ifThere(async () => {
          const {GetTopicAttributesCommand} = await import('@aws-sdk/client-sns');
          return (await (await clients.sns()).send(new GetTopicAttributesCommand({TopicArn: arn}))).Attributes ?? {};
        }),
      ),
    subscriptions: topicArn =>
      described(`list the subscriptions of ${topicArn}`, async () => {
        const {ListSubscriptionsByTopicCommand} = await import('@aws-sdk/client-sns');
        const sns = await clients.sns();
        return pages(async NextToken => {
          const page = await sns.send(new ListSubscriptionsByTopicCommand({TopicArn: topicArn, NextToken}));
          return [page.Subscriptions ?? [], page.NextToken];
        });
      }),
    subscriptionAttributes: arn =>
      described(`read the subscription ${arn}`, async () => {
        const {GetSubscriptionAttributesCommand} = await import('@aws-sdk/client-sns');
        const sns = await clients.sns();
        return (await sns.send(new GetSubscriptionAttributesCommand({SubscriptionArn: arn}))).Attributes ?? {};
      }),
    targetsOfRule: ({name, eventBus}) =>
      described(`list the targets of the rule ${name}`, () =>
        ifThere(async () => {
          const {ListTargetsByRuleCommand} = await import('@aws-sdk/client-eventbridge');
          const events = await clients.eventBridge();
          return pages(async NextToken => {
            const page = await events.send(
              new ListTargetsByRuleCommand({Rule: name, EventBusName: eventBus, NextToken}),
            );
            return [page.Targets ?? [], page.NextToken];
          });
        }),
      ),
    rulesWithTarget: arn =>
      described(`list the rules with the target ${arn}`, async () => {
        const {ListRuleNamesByTargetCommand} = await import('@aws-sdk/client-eventbridge');
        const events = await clients.eventBridge();
        return pages(async NextToken => {
          const page = await events.send(new ListRuleNamesByTargetCommand({TargetArn: arn, NextToken}));
          return [page.RuleNames ?? [], page.NextToken];
        });
      }),
  };
}
