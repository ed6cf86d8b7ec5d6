import {GearError} from '../errors.ts';
import type {AwsClients} from './clients.ts';
import {type StackResource, stackResources} from './stack-resources.ts';

export interface NestedResource extends StackResource {
  /** The stack that it is in, by its name or ARN. */
  readonly stack: string;
}

/** What a stack and those nested in it have made; what is in a nested stack has its path for a name: `Storage/Table`. */
export async function nestedResources(
  clients: Pick<AwsClients, 'cloudFormation'>,
  stackName: string,
): Promise<readonly NestedResource[]> {
  const found: NestedResource[] = [];
  for (const resource of await stackResources(clients, stackName)) {
    found.push({...resource, stack: stackName});
    if (resource.type !== 'AWS::CloudFormation::Stack') continue;
    for (const inner of await inside(clients, resource))
      found.push({...inner, logicalId: `${resource.logicalId}/${inner.logicalId}`});
  }
  return found;
}

/** Somebody may have deleted the nested stack: there is nothing in it then, and the others are still to be seen. */
async function inside(
  clients: Pick<AwsClients, 'cloudFormation'>,
  {physicalId}: StackResource,
): Promise<readonly NestedResource[]> {
  try {
    return await nestedResources(clients, physicalId);
  } catch (error) {
    if (error instanceof GearError && error.code === 'NO_STACK') return [];
    throw error;
  }
}
