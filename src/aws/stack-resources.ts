import type {AwsClients} from './clients.ts';
import {describeAwsError} from './describe-aws-error.ts';
import {isNoStack, noStackHere} from './no-stack-here.ts';

export interface StackResource {
  readonly logicalId: string;
  readonly physicalId: string;
  /** `AWS::SQS::Queue` */
  readonly type: string;
  /** `CREATE_COMPLETE`, `DELETE_FAILED` ... */
  readonly status: string;
}

/** What a stack has made. Listed in pages: DescribeStackResources ends after a hundred. */
export async function stackResources(
  clients: Pick<AwsClients, 'cloudFormation'>,
  stackName: string,
): Promise<readonly StackResource[]> {
  const cloudFormation = await clients.cloudFormation();
  const resources: StackResource[] = [];
  try {
    for (let NextToken: string | undefined; ; ) {
      const page = await cloudFormation.listStackResources({StackName: stackName, NextToken});
      for (const summary of page.StackResourceSummaries ?? []) {
        const {LogicalResourceId, PhysicalResourceId, ResourceType, ResourceStatus} = summary;
        // What a rollback has deleted again is still listed.
        if (PhysicalResourceId && ResourceStatus !== 'DELETE_COMPLETE')
          resources.push({
            logicalId: LogicalResourceId!,
            physicalId: PhysicalResourceId,
            type: ResourceType!,
            status: ResourceStatus!,
          });
      }
      if (page.NextToken === undefined) return resources;
      NextToken = page.NextToken;
    }
  } catch (error) {
    if (isNoStack(error)) throw noStackHere(stackName, error);
    throw describeAwsError(error, `read the stack ${stackName}`);
  }
}
