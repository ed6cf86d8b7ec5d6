import type {RequestContext} from '../../operation.ts';
import {notImplemented, ServiceError} from '../../service-error.ts';
import type {QueueConfiguration} from './bucket.ts';
import {invalidArgument, malformedXml} from './errors.ts';
import {matchesEvent, newConfigurationId, testEvent} from './notifications.ts';

/** The events that happen here. */
const events = [
  's3:ObjectCreated:*',
  's3:ObjectCreated:Put',
  's3:ObjectCreated:Copy',
  's3:ObjectCreated:CompleteMultipartUpload',
  's3:ObjectRemoved:*',
  's3:ObjectRemoved:Delete',
  's3:ObjectRemoved:DeleteMarkerCreated',
  's3:ObjectTagging:*',
  's3:ObjectTagging:Put',
  's3:ObjectTagging:Delete',
  's3:LifecycleExpiration:*',
  's3:LifecycleExpiration:Delete',
  's3:LifecycleExpiration:DeleteMarkerCreated',
];

/** Checks a configuration as S3 does, and gives an id to those that have none. */
export function checkedConfigurations(configurations: readonly QueueConfiguration[]): QueueConfiguration[] {
  for (const configuration of configurations) {
    if (configuration.Event.length === 0) throw malformedXml();
    for (const event of configuration.Event)
      if (!events.includes(event)) {
        if (/^s3:[A-Z]\w+(:(\*|\w+))?$/.test(event)) throw notImplemented(`the notification event ${event}`);
        throw invalidArgument('The event is not supported for notifications', 'Event', event);
      }
    checkRules(configuration);
  }
  configurations.forEach((one, index) => {
    for (const other of configurations.slice(index + 1))
      if (overlap(one, other))
        throw invalidArgument(
          'Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.',
        );
  });
  return configurations.map(configuration => ({...configuration, Id: configuration.Id ?? newConfigurationId()}));
}

/** Sends the test event S3 sends, as S3: the queue must be there and its policy must let S3 in for this bucket. */
export async function tryDestinations(
  context: RequestContext,
  bucket: string,
  configurations: readonly QueueConfiguration[],
): Promise<void> {
  const sourceArn = `arn:aws:s3:::${bucket}`;
  for (const queue of new Set(configurations.map(({Queue}) => Queue))) {
    const [, , , region, account, name] = queue.split(':');
    try {
      if (!queue.startsWith('arn:aws:sqs:') || region !== context.region || account !== context.account)
        throw new ServiceError('InvalidArgument', 'The ARN could not be parsed');
      if (name?.endsWith('.fifo'))
        throw new ServiceError('InvalidArgument', 'A FIFO queue takes no notifications of S3');
      await context.call(
        'sqs',
        'SendMessage',
        {
          QueueUrl: `${context.endpoint}/${account}/${name}`,
          MessageBody: testEvent(context, bucket, context.clock.now()),
        },
        {kind: 'service', principal: 's3.amazonaws.com', sourceArn, sourceAccount: context.account},
      );
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      throw invalidArgument('Unable to validate the following destination configurations', queue, error.message);
    }
  }
}

function checkRules({Filter}: QueueConfiguration): void {
  const seen = new Set<string>();
  for (const {Name} of Filter?.S3Key?.FilterRule ?? []) {
    const name = Name.toLowerCase();
    if (name !== 'prefix' && name !== 'suffix')
      throw invalidArgument('filter rule name must be either prefix or suffix', 'FilterRule.Name', Name);
    if (seen.has(name))
      throw invalidArgument(`Cannot specify more than one ${name} rule in a filter.`, 'FilterRule.Name', Name);
    seen.add(name);
  }
}

function overlap(one: QueueConfiguration, other: QueueConfiguration): boolean {
  const sameEvent = one.Event.some(a => other.Event.some(b => matchesEvent(a, b) || matchesEvent(b, a)));
  const [prefix, otherPrefix] = [ruleValue(one, 'prefix'), ruleValue(other, 'prefix')];
  const [suffix, otherSuffix] = [ruleValue(one, 'suffix'), ruleValue(other, 'suffix')];
  return (
    sameEvent &&
    (prefix.startsWith(otherPrefix) || otherPrefix.startsWith(prefix)) &&
    (suffix.endsWith(otherSuffix) || otherSuffix.endsWith(suffix))
  );
}

function ruleValue({Filter}: QueueConfiguration, name: string): string {
  return (Filter?.S3Key?.FilterRule ?? []).find(rule => rule.Name.toLowerCase() === name)?.Value ?? '';
}
