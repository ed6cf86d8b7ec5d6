import {Args, Flags} from '@oclif/core';
import type {AwsClients} from '../aws/clients.ts';
import {GearError} from '../errors.ts';
import type {QueueReference} from '../recovery/find-queue.ts';
import {accountFlags, localFlag} from './flags.ts';
import {stackFlag, stackHere} from './stack-here.ts';

const what = 'Name, URL, ARN, or logical ID in the stack';

export const queueArgs = {
  queue: Args.string({description: `${what}; may be left out where there is only one dead-letter queue`}),
};

/** With what the commands of `gear dlq` say which queue they are about. */
export const queueFlags = {
  queue: Flags.string({description: `The queue, in place of the argument: ${what.toLowerCase()}`, helpValue: 'QUEUE'}),
  stack: stackFlag,
  local: localFlag('On the embedded AWS of this project'),
  ...accountFlags,
};

interface Given {
  readonly args: {readonly queue?: string | undefined};
  readonly flags: {readonly queue?: string | undefined; readonly stack?: string | undefined};
}

/** What the user called the queue, if they did. */
export function givenQueue({args, flags}: Given): string | undefined {
  if (args.queue !== undefined && flags.queue !== undefined && args.queue !== flags.queue)
    throw new GearError(`${args.queue} and --queue ${flags.queue} are two queues: give one`, {code: 'USAGE'});
  return args.queue ?? flags.queue;
}

/** The queue that was named, or the only dead-letter queue there is. */
export async function targetQueue(clients: AwsClients, given: Given): Promise<QueueReference> {
  const stackName = await stackHere(given.flags.stack);
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
