import type {Clients} from '../e2e/service.ts';

/** Deletes a stack with what lies in its buckets, and answers what it retains. */
export async function removeStack({cloudFormation, s3}: Clients, StackName: string): Promise<Retained[]> {
  const {StackResources = []} = await cloudFormation.describeStackResources({StackName});
  const buckets = StackResources.filter(({ResourceType}) => ResourceType === 'AWS::S3::Bucket');
  for (const {PhysicalResourceId: Bucket} of buckets) {
    const {Versions = []} = await s3.listObjectVersions({Bucket});
    for (const {Key, VersionId} of Versions) await s3.deleteObject({Bucket, Key, VersionId});
  }
  const [{StackId} = {}] = (await cloudFormation.describeStacks({StackName})).Stacks ?? [];
  await cloudFormation.deleteStack({StackName});
  for (;;) {
    // By its id, since the name is forgotten when it is gone.
    const {Stacks = []} = await cloudFormation.describeStacks({StackName: StackId});
    const {StackStatus, StackStatusReason} = Stacks[0]!;
    if (StackStatus === 'DELETE_COMPLETE') break;
    if (StackStatus !== 'DELETE_IN_PROGRESS') throw new Error(`${StackName}: ${StackStatus} ${StackStatusReason}`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  const {StackResources: ended = []} = await cloudFormation.describeStackResources({StackName: StackId});
  return ended
    .filter(({ResourceStatus}) => ResourceStatus === 'DELETE_SKIPPED')
    .map(({LogicalResourceId, PhysicalResourceId}) => ({
      logicalId: LogicalResourceId!,
      physicalId: PhysicalResourceId!,
    }))
    .sort((a, b) => (a.logicalId < b.logicalId ? -1 : 1));
}

interface Retained {
  readonly logicalId: string;
  readonly physicalId: string;
}
