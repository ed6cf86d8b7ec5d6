import type {Queue} from '../../model/event-source.ts';
import type {Resolvable} from '../../model/resolvable.ts';
import type {TemplateResource} from './resources.ts';
import type {Value} from './value.ts';

/**
 * With `SqsSubscription` an event of SAM is no topic that invokes the function but a queue that feeds it: one that it
 * names, or one that SAM makes, with nothing set.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-sns.html
 */
export function isSqsSubscription(event: Value): boolean {
  const subscription = event.at('Properties').at('SqsSubscription');
  return event.at('Type').text() === 'SNS' && subscription.exists && subscription.boolean() !== false;
}

/** The ARN of the queue of such an event. */
export function subscribedQueue(fn: TemplateResource, name: string, event: Value): Resolvable<string> {
  return queueArn(event) ?? arnOfMade(fn, name);
}

export function queuesMadeForSubscriptions(resources: readonly TemplateResource[]): readonly Queue[] {
  return resources
    .filter(({type}) => type === 'AWS::Serverless::Function')
    .flatMap(fn =>
      fn
        .property('Events')
        .entries()
        .filter(([, event]) => isSqsSubscription(event) && queueArn(event) === undefined)
        .map(([name, event]) => ({
          name: `${fn.logicalId}${name}Queue`,
          arn: arnOfMade(fn, name),
          visibilityTimeout: 30,
          retention: 345_600,
          fifo: false,
          isDeadLetterQueue: false,
          origin: event.origin,
        })),
    );
}

/** The one that it names. */
function queueArn(event: Value): Resolvable<string> | undefined {
  return event.at('Properties').at('SqsSubscription').at('QueueArn').text();
}

function arnOfMade({logicalId}: TemplateResource, name: string): string {
  return `arn:aws:sqs:\${AWS::Region}:\${AWS::AccountId}:\${${logicalId}${name}Queue}`;
}
