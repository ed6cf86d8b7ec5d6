import type {AwsClients} from '../aws/clients.ts';
import type {DeployEvent} from './events.ts';
import {latestAttempt} from './latest-attempt.ts';
import {persist} from './persist.ts';
import {readEvents} from './read-events.ts';
import type {StackDescription} from './read-stack.ts';
import {type WatchedRun, watchStack} from './watch-stack.ts';

interface Watch {
  readonly pollMilliseconds: number;
  readonly signal?: AbortSignal;
  onEvent(event: DeployEvent): void;
}

/**
 * Follows the newest operation on a stack that somebody else began, or that is over: from its first event on, with
 * what its change set counted.
 */
export async function watchUnderWay(
  clients: AwsClients,
  {id, changeSetId}: Pick<StackDescription, 'id' | 'changeSetId'>,
  watch: Watch,
): Promise<WatchedRun> {
  const known = await persist(() => readEvents(clients, id), watch);
  const [first] = latestAttempt(known);
  const after = known[known.findIndex(event => event.id === first?.id) - 1]?.id;
  if (changeSetId !== undefined)
    for (const change of await changesOf(clients, changeSetId)) watch.onEvent({type: 'change', ...change});
  return watchStack(clients, id, {...watch, after});
}

/** Only for the count: an executed change set may be gone, or not for everybody to read. */
async function changesOf(clients: AwsClients, changeSetId: string) {
  try {
    const client = await clients.cloudFormation();
    const found = [];
    for (let token: string | undefined; ; ) {
      const {Changes = [], NextToken} = await client.describeChangeSet({ChangeSetName: changeSetId, NextToken: token});
      for (const {ResourceChange: change} of Changes)
        found.push({
          action: change!.Action!,
          logicalId: change!.LogicalResourceId!,
          resourceType: change!.ResourceType!,
          replacement: change!.Replacement,
        });
      if (NextToken === undefined) return found;
      token = NextToken;
    }
  } catch {
    return [];
  }
}
