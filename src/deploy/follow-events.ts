import type {AwsClients} from '../aws/clients.ts';
import type {StackEvent} from './events.ts';
import {readEvents} from './read-events.ts';

/** Answers, each time it is called, what is new in a stack and in the stacks nested in it, oldest first. */
export function followEvents(clients: AwsClients, stackId: string, after: string | undefined) {
  const followed = new Map<string, Followed>([[stackId, {newest: after, within: []}]]);
  let begun: Date | undefined;
  return async (): Promise<StackEvent[]> => {
    const found: StackEvent[] = [];
    // A nested stack that is heard of on the way is read in the same round.
    for (const [id, stack] of followed) {
      const news = await readEvents(clients, id, {
        after: stack.newest,
        within: stack.within,
        from: id === stackId ? undefined : begun,
      });
      stack.newest = news.at(-1)?.id ?? stack.newest;
      if (id === stackId) begun ??= news[0]?.time;
      for (const event of news)
        if (isNestedStack(event) && !followed.has(event.physicalId!))
          followed.set(event.physicalId!, {newest: undefined, within: [...stack.within, event.logicalId]});
      found.push(...news);
    }
    return followed.size === 1 ? found : found.sort((a, b) => a.time.getTime() - b.time.getTime());
  };
}

interface Followed {
  newest: string | undefined;
  readonly within: readonly string[];
}

function isNestedStack({isStack, resourceType, physicalId}: StackEvent): boolean {
  return !isStack && resourceType === 'AWS::CloudFormation::Stack' && physicalId?.startsWith('arn:') === true;
}
