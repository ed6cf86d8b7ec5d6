import type {AwsClients} from '../aws/clients.ts';
import type {StackEvent, TrafficEvent} from './events.ts';

/** Tells how the traffic of aliases is shared while CodeDeploy shifts it: the stack's events are silent about that. */
export function watchTraffic(clients: AwsClients, onEvent: (event: TrafficEvent) => void) {
  const shifting = new Map<string, {readonly arn: string; readonly told: number}>();
  return {
    heard({resourceType, logicalId, physicalId, status}: StackEvent): void {
      if (resourceType !== 'AWS::Lambda::Alias') return;
      if (status !== 'UPDATE_IN_PROGRESS') shifting.delete(logicalId);
      else if (physicalId?.startsWith('arn:') && !shifting.has(logicalId))
        shifting.set(logicalId, {arn: physicalId, told: 0});
    },
    async look(): Promise<void> {
      for (const [logicalId, {arn, told}] of shifting) {
        const share = await additionalVersion(clients, arn);
        // Whoever may deploy may not be allowed to look; nothing hangs on it.
        if (share === undefined) shifting.delete(logicalId);
        else if (share.weight > 0 && share.weight !== told) {
          shifting.set(logicalId, {arn, told: share.weight});
          onEvent({type: 'traffic', logicalId, ...share});
        }
      }
    },
  };
}

async function additionalVersion(
  clients: AwsClients,
  aliasArn: string,
): Promise<Pick<TrafficEvent, 'version' | 'weight'> | undefined> {
  const end = aliasArn.lastIndexOf(':');
  try {
    const {RoutingConfig} = await (await clients.lambda()).getAlias({
      FunctionName: aliasArn.slice(0, end),
      Name: aliasArn.slice(end + 1),
    });
    const [[version, weight] = ['', 0]] = Object.entries(RoutingConfig?.AdditionalVersionWeights ?? {});
    return {version, weight};
  } catch {
    return undefined;
  }
}
