import {parseRedrivePolicy} from '../../aws/redrive-policy.ts';
import type {EventSourceMapping, Queue} from '../../model/event-source.ts';
import type {LambdaFunction} from '../../model/lambda-function.ts';
import {isUnresolved} from '../../model/resolvable.ts';
import type {ResourcePolicy} from '../../model/resource-policy.ts';
import type {AccountCalls} from './account-calls.ts';
import {type QueueAttributes, readQueues} from './event-sources.ts';
import {inBatches} from './in-batches.ts';
import type {Reading} from './reading.ts';
import {readResourcePolicy} from './resource-policy.ts';

type QueueCalls = Pick<AccountCalls, 'queueAttributes' | 'hasDeadLetterSources'>;

interface QueuesOf {
  readonly functions: readonly LambdaFunction[];
  readonly mappings: readonly EventSourceMapping[];
  /** ARNs in the policies of roles. */
  readonly named: readonly string[];
}

/** The queues that feed functions, those that their roles name, and where all of these put what failed. */
export async function readQueuesAround(
  calls: QueueCalls,
  {functions, mappings, named}: QueuesOf,
  reading: Reading,
): Promise<{readonly queues: readonly Queue[]; readonly resourcePolicies: readonly ResourcePolicy[]}> {
  const sources = mappings.filter(({kind}) => kind === 'sqs').map(({sourceArn}) => sourceArn);
  const first = await readEach(calls, queuesIn([...sources, ...named], reading), sources, reading);
  const failed = [
    ...first.map(({attributes}) => parseRedrivePolicy(attributes.RedrivePolicy)?.deadLetterTargetArn),
    ...functions.flatMap(({deadLetterQueue, onFailureDestination}) => [deadLetterQueue, onFailureDestination]),
    ...mappings.map(({onFailureDestination}) => onFailureDestination),
  ];
  const known = new Set(first.map(({arn}) => arn));
  const others = queuesIn(failed, reading).filter(arn => !known.has(arn));
  const all = [...first, ...(await readEach(calls, others, sources, reading))];
  return {
    queues: readQueues(all, functions, mappings, reading.region),
    resourcePolicies: (await Promise.all(all.map(queue => policyOf(queue, reading)))).flat(),
  };
}

function queuesIn(arns: readonly unknown[], {account, region}: Reading): readonly string[] {
  const here = (arn: unknown): arn is string =>
    typeof arn === 'string' && arn.split(':').slice(2, 5).join() === `sqs,${region},${account}`;
  return [...new Set(arns.filter(here))];
}

async function readEach(
  calls: QueueCalls,
  arns: readonly string[],
  sources: readonly unknown[],
  {attempt, note, region}: Reading,
): Promise<readonly QueueAttributes[]> {
  const read = await inBatches(arns, async (arn): Promise<readonly QueueAttributes[]> => {
    const attributes = await attempt('resilience/*', arn, () => calls.queueAttributes(arn));
    if (attributes === undefined) return [];
    if (isUnresolved(attributes)) {
      note({rule: 'iam/open-resource-policy', resource: arn, reason: attributes.reason, origin: {arn, region}});
      return [];
    }
    // Nobody asks it of a queue that has a dead-letter queue of its own, or that no function reads.
    const isAsked = sources.includes(arn) && !attributes.RedrivePolicy;
    const hasDeadLetterSources = isAsked && (await attempt('resilience/*', arn, () => calls.hasDeadLetterSources(arn)));
    return [{arn, attributes, hasDeadLetterSources}];
  });
  return read.flat();
}

function policyOf({arn, attributes: {Policy: text}}: QueueAttributes, reading: Reading) {
  return readResourcePolicy('queue', arn, async () => text, reading);
}
