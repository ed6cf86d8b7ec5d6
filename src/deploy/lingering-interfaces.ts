import type {AwsClients} from '../aws/clients.ts';
import {pathOf, type StackEvent} from './events.ts';

/** What a deletion waits for, when nothing else happens for many minutes. */
export interface InterfacesEvent {
  readonly type: 'interfaces';
  /** The function, security group or subnet that cannot go before them. */
  readonly logicalId: string;
  readonly interfaces: readonly string[];
}

interface Watch {
  /** Logical IDs of functions in a VPC, as a plan names them. */
  readonly inNetwork: readonly string[];
  readonly everyMilliseconds: number;
  onEvent(event: InterfacesEvent): void;
}

/**
 * Asks EC2 which network interfaces Lambda still has, as long as something waits for them: it gives them back some 20
 * to 40 minutes after a function. Who may not ask is told nothing, and the deletion goes on all the same.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
export function watchInterfaces(clients: AwsClients, {inNetwork, everyMilliseconds, onEvent}: Watch) {
  const waiting = new Map<string, Filter>();
  const told = new Map<string, string>();
  const look = async () => {
    for (const [logicalId, filter] of waiting) {
      const interfaces = await readInterfaces(clients, filter).catch(() => undefined);
      // It may have gone while EC2 was asked.
      if (interfaces === undefined || interfaces.length === 0 || !waiting.has(logicalId)) continue;
      if (told.get(logicalId) === interfaces.join()) continue;
      told.set(logicalId, interfaces.join());
      onEvent({type: 'interfaces', logicalId, interfaces});
    }
  };
  const timer = setInterval(look, everyMilliseconds);
  return {
    heard(event: StackEvent): void {
      const logicalId = pathOf(event);
      const filter = filterFor(event, inNetwork.includes(logicalId));
      if (event.status === 'DELETE_IN_PROGRESS' && filter !== undefined) waiting.set(logicalId, filter);
      else waiting.delete(logicalId);
    },
    end: () => clearInterval(timer),
  };
}

interface Filter {
  readonly Name: 'description' | 'group-id' | 'subnet-id';
  readonly Values: string[];
}

function filterFor({resourceType, physicalId}: StackEvent, inNetwork: boolean): Filter | undefined {
  if (physicalId === undefined) return undefined;
  if (resourceType === 'AWS::EC2::SecurityGroup') return {Name: 'group-id', Values: [physicalId]};
  if (resourceType === 'AWS::EC2::Subnet') return {Name: 'subnet-id', Values: [physicalId]};
  const isFunction = resourceType === 'AWS::Lambda::Function' && inNetwork;
  return isFunction ? {Name: 'description', Values: [`AWS Lambda VPC ENI-${physicalId}-*`]} : undefined;
}

async function readInterfaces(clients: AwsClients, filter: Filter): Promise<readonly string[]> {
  const {DescribeNetworkInterfacesCommand} = await import('../aws/ec2.ts');
  const ec2 = await clients.ec2();
  const {NetworkInterfaces = []} = await ec2.send(new DescribeNetworkInterfacesCommand({Filters: [filter]}));
  return NetworkInterfaces.map(({NetworkInterfaceId}) => NetworkInterfaceId!).sort();
}
