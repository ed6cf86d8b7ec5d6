import {Args, Flags} from '@oclif/core';
import {GearError} from '../errors.ts';
import type {QueueReference} from '../recovery/find-queue.ts';
import type {Connected} from './connect.ts';
import {connectTo, type ServiceStackFlags} from './service-stack.ts';
import {stackHere, stackHereFlags} from './stack-here.ts';

export const queueArgs = {
  queue: Args.string({
    description:
      'Name, URL, ARN, or logical ID in the stack; may be left out where there is only one dead-letter queue',
  }),
};

/** With what the commands of `gear dlq` say which queue they are about. */
export const queueFlags = {
  queue: Flags.string({
    description: 'The queue, in place of the argument: name, URL, ARN, or logical ID in the stack',
    helpValue: 'QUEUE',
  }),
  ...stackHereFlags,
};

interface Given {
  readonly args: {readonly queue?: string | undefined};
  readonly flags: ServiceStackFlags & {readonly queue?: string | undefined};
}

/** What the user called the queue, if they did. */
export function givenQueue({args, flags}: Given): string | undefined {
  if (args.queue !== undefined && flags.queue !== undefined && args.queue !== flags.queue)
    throw new GearError(`${args.queue} and --queue ${flags.queue} are two queues: give one`, {code: 'USAGE'});
  return args.queue ?? flags.queue;
}

export interface QueuePlace extends Connected {
  /** Undefined where neither a flag nor a service in this folder names one. */
  readonly stackName: string | undefined;
}

/** Where queues are looked for: in the account, region and stack of the service in this folder, or those of the flags. */
export async function openQueuePlace({flags}: Given): Promise<QueuePlace> {
  const {stackName, project} = await stackHere(flags);
  return {stackName, ...(await connectTo(project, flags, {starts: true}))};
}

/** The queue that was named, or the only dead-letter queue there is. */
export async function targetQueue(
  {clients, stackName}: Pick<QueuePlace, 'clients' | 'stackName'>,
  given: Given,
): Promise<QueueReference> {
  const {findQueue} = await import('../recovery/find-queue.ts');
  const named = givenQueue(given);
  if (named !== undefined) return await findQueue(clients, named, stackName);
  const {deadLetterQueues} = await import('../recovery/dead-letter-queues.ts');
  const all = await deadLetterQueues(clients, {
    ...(stackName === undefined ? {} : {stackName}),
    now: Date.now(),
  });
  const where = stackName === undefined ? 'Here' : `In the stack ${stackName}`;
  const [only, ...others] = all;
  if (only === undefined) throw new GearError(`${where} is no dead-letter queue`, {code: 'NO_QUEUE'});
  if (others.length > 0)
    throw new GearError(`${where} are ${all.length} dead-letter queues: say which one`, {
      code: 'USAGE',
      suggestions: all.map(({logicalId, name}) => logicalId ?? name),
    });
  return await findQueue(clients, only.url);
}
