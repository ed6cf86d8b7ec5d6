import type {Delivery} from '../../model/delivery.ts';
import type {Resolvable} from '../../model/resolvable.ts';
import type {TemplateResource} from './resources.ts';
import type {Value} from './value.ts';

export function readDeliveries(resources: readonly TemplateResource[]): readonly Delivery[] {
  return resources.flatMap(({logicalId, type, property, properties, origin}) => {
    if (type === 'AWS::Events::Rule')
      return property('Targets')
        .items()
        .map(target => toTarget('event-rule', logicalId, target));
    if (type === 'AWS::Scheduler::Schedule') return [toTarget('schedule', logicalId, property('Target'))];
    if (type !== 'AWS::SNS::Subscription' || !waitsForAnAnswer(property('Protocol').text())) return [];
    const queue = property('RedrivePolicy').at('deadLetterTargetArn').text();
    return [{kind: 'subscription', name: logicalId, ...ends(properties.at('Endpoint').text(), queue), origin}];
  });
}

function toTarget(kind: Delivery['kind'], name: string, target: Value): Delivery {
  const queue = target.at('DeadLetterConfig').at('Arn').text();
  return {kind, name, ...ends(target.at('Arn').text(), queue), origin: target.origin};
}

function ends(
  target: Resolvable<string> = '',
  queue: Resolvable<string> | undefined,
): Pick<Delivery, 'target' | 'deadLetterQueue'> {
  return {target, ...(queue === undefined ? {} : {deadLetterQueue: queue})};
}

/** Mail and text messages are sent off, and that is that. */
function waitsForAnAnswer(protocol: Resolvable<string> | undefined): boolean {
  return typeof protocol !== 'string' || !['email', 'email-json', 'sms', 'application'].includes(protocol);
}
