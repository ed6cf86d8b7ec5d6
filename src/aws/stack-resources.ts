import {GearError} from '../errors.ts';
import type {AwsClients} from './clients.ts';
import {describeAwsError} from './describe-aws-error.ts';

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
    if (/does not exist/.test((error as Error).message))
      throw new GearError(`There is no stack ${stackName} here`, {
        code: 'NO_STACK',
        suggestions: ['--stack NAME, --region REGION or --local, where it is elsewhere'],
        cause: error,
      });
    throw describeAwsError(error, `read the stack ${stackName}`);
  }
}
