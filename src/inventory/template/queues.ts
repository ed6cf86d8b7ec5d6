import type {Queue, RedrivePolicy} from '../../model/event-source.ts';
import type {Resolvable} from '../../model/resolvable.ts';
import {unresolved} from '../../model/resolvable.ts';
import {type Environment, record} from './intrinsics.ts';
import {arnOfResource} from './references.ts';
import type {TemplateResource} from './resources.ts';
import {queuesMadeForSubscriptions} from './sqs-subscriptions.ts';
import {type Value, valueAt} from './value.ts';

export function readQueues(resources: readonly TemplateResource[], environment: Environment): readonly Queue[] {
  const deadLetterTargets = findDeadLetterTargets(environment);
  const declared = resources
    .filter(({type}) => type === 'AWS::SQS::Queue')
    .map(({logicalId, properties, origin}) => {
      const arn = arnOfResource(logicalId, environment);
      const redrivePolicy = readRedrivePolicy(properties.at('RedrivePolicy'));
      return {
        name: logicalId,
        arn,
        visibilityTimeout: properties.at('VisibilityTimeout').number() ?? 30,
        retention: properties.at('MessageRetentionPeriod').number() ?? 345_600,
        fifo: properties.at('FifoQueue').boolean() ?? false,
        ...(redrivePolicy === undefined ? {} : {redrivePolicy}),
        isDeadLetterQueue: deadLetterTargets.has(arn),
        origin,
      };
    });
  return [...declared, ...queuesMadeForSubscriptions(resources)];
}

function readRedrivePolicy(value: Value): Resolvable<RedrivePolicy> | undefined {
  if (value.unresolved !== undefined) return value.unresolved;
  if (!value.exists) return undefined;
  return {
    deadLetterTargetArn: value.at('deadLetterTargetArn').text() ?? unresolved('RedrivePolicy', 'it names no queue'),
    // 10 is what SQS takes when it is left out.
    maxReceiveCount: value.at('maxReceiveCount').number() ?? 10,
  };
}

/**
 * Every service that has dead-letter queues or failure destinations names them in a member of its own, so they are
 * looked for everywhere in the template.
 */
function findDeadLetterTargets(environment: Environment): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (raw: unknown) => {
    const text = valueAt(raw, [], environment).text();
    if (typeof text === 'string') found.add(text);
  };
  const walk = (raw: unknown): void => {
    if (typeof raw !== 'object' || raw === null) return;
    for (const [key, value] of Object.entries(raw)) {
      if (key === 'deadLetterTargetArn') add(value);
      if (deadLetterMembers.has(key))
        for (const member of ['Arn', 'TargetArn', 'Destination']) add(record(value)[member]);
      walk(value);
    }
  };
  walk(environment.template.body.Resources);
  walk(environment.template.body.Globals);
  return found;
}

const deadLetterMembers = new Set(['DeadLetterConfig', 'DeadLetterQueue', 'OnFailure']);
