import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';

export interface StackResource {
  readonly logicalId: string;
  readonly physicalId: string | undefined;
  readonly type: string;
  /** `CREATE_COMPLETE`, `DELETE_SKIPPED` ... */
  readonly status: string;
}

export async function readResources(clients: AwsClients, stackId: string): Promise<readonly StackResource[]> {
  const client = await clients.cloudFormation();
  const resources: StackResource[] = [];
  try {
    for (let token: string | undefined; ; ) {
      const {StackResourceSummaries = [], NextToken} = await client.listStackResources({
        StackName: stackId,
        NextToken: token,
      });
      for (const {LogicalResourceId, PhysicalResourceId, ResourceType, ResourceStatus} of StackResourceSummaries)
        resources.push({
          logicalId: LogicalResourceId!,
          physicalId: PhysicalResourceId,
          type: ResourceType!,
          status: ResourceStatus!,
        });
      if (NextToken === undefined) return resources;
      token = NextToken;
    }
  } catch (error) {
    throw describeAwsError(error, 'read the resources of the stack');
  }
}
