import type {QueueAttributes} from './attributes.ts';
import type {Entry} from './entry.ts';
import {invalidParameter} from './errors.ts';
import type {Queue} from './queue.ts';

interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

/** All there are. */
interface Queues {
  queues(): Iterable<Queue>;
  queueOfArn(arn: string): Queue | undefined;
  arnOf(name: string): string;
}

/** The queue a message has to go to because it was received too often; the target must still be there and allow it. */
export function deadLetterTarget(all: Queues, queue: Queue, entry: Entry): Queue | undefined {
  if (entry.delivery === undefined) return undefined;
  const policy = redrivePolicyOf(queue.record.attributes);
  if (policy === undefined || entry.delivery.receives < policy.maxReceiveCount) return undefined;
  const target = all.queueOfArn(policy.deadLetterTargetArn);
  return target !== undefined && allowsSource(target, all.arnOf(queue.name)) ? target : undefined;
}

function redrivePolicyOf(attributes: QueueAttributes): RedrivePolicy | undefined {
  if (attributes.RedrivePolicy === undefined) return undefined;
  const {deadLetterTargetArn, maxReceiveCount} = JSON.parse(attributes.RedrivePolicy) as Record<string, unknown>;
  return {deadLetterTargetArn: String(deadLetterTargetArn), maxReceiveCount: Number(maxReceiveCount)};
}

/** Throws as SQS does for a policy that names no queue of this cloud, or one that does not want this source. */
export function checkRedrivePolicy(all: Queues, name: string, given: QueueAttributes): void {
  const {RedrivePolicy: text} = given;
  if (text === undefined || text === '') return;
  const invalid = (reason: string) =>
    invalidParameter(`Value ${text} for parameter RedrivePolicy is invalid. Reason: ${reason}`);
  const {deadLetterTargetArn, maxReceiveCount, ...rest} = JSON.parse(text) as Record<string, unknown>;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined)
    throw invalid(`Only following attributes are supported: [deadLetterTargetArn, maxReceiveCount].`);
  if (typeof deadLetterTargetArn !== 'string')
    throw invalid('Redrive policy does not contain mandatory attribute: deadLetterTargetArn.');
  if (maxReceiveCount === undefined)
    throw invalid('Redrive policy does not contain mandatory attribute: maxReceiveCount.');
  if (!/^\d+$/.test(String(maxReceiveCount)) || Number(maxReceiveCount) < 1 || Number(maxReceiveCount) > 1000)
    throw invalid('Invalid value for maxReceiveCount: it must be an integer from 1 to 1000.');
  const target = all.queueOfArn(deadLetterTargetArn);
  if (target === undefined) throw invalid('Dead letter target does not exist.');
  if (target.fifo !== name.endsWith('.fifo'))
    throw invalid(`Dead-letter queue must be same type of queue as the source.`);
  if (!allowsSource(target, all.arnOf(name)))
    throw invalid(
      `Dead letter target ${deadLetterTargetArn} does not allow this source queue by its RedriveAllowPolicy.`,
    );
}

/** The queues whose redrive policy names `target`. */
export function sourcesOf(all: Queues, target: Queue): Queue[] {
  const arn = all.arnOf(target.name);
  return [...all.queues()].filter(queue => redrivePolicyOf(queue.record.attributes)?.deadLetterTargetArn === arn);
}

function allowsSource(target: Queue, sourceArn: string): boolean {
  const {RedriveAllowPolicy: text} = target.record.attributes;
  if (text === undefined) return true;
  const policy = JSON.parse(text) as {redrivePermission: string; sourceQueueArns?: readonly string[]};
  return (
    policy.redrivePermission === 'allowAll' ||
    (policy.redrivePermission === 'byQueue' && (policy.sourceQueueArns ?? []).includes(sourceArn))
  );
}
