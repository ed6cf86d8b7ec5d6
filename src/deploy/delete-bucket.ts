import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import {GearError} from '../errors.ts';
import {type BucketContents, countContents} from './bucket-contents.ts';
import {type Emptied, emptyBucket} from './empty-bucket.ts';

interface BucketTarget {
  readonly bucket: string;
  /** The account, which must own it. */
  readonly owner: string;
}

/** A bucket that a stack has left behind, with a look at what is in it; undefined when there is none of that name. */
export async function leftBucket(clients: AwsClients, target: BucketTarget): Promise<BucketContents | undefined> {
  const {bucket, owner} = target;
  try {
    await (await clients.s3()).headBucket({Bucket: bucket, ExpectedBucketOwner: owner});
  } catch (error) {
    if (error instanceof Error && /^(NotFound|NoSuchBucket)$/.test(error.name)) return undefined;
    throw describeAwsError(error, `look at the bucket ${bucket}`);
  }
  const stackName = await owningStack(clients, bucket);
  if (stackName !== undefined)
    throw new GearError(`The bucket ${bucket} belongs to the stack ${stackName}, with which it has to go`, {
      code: 'BUCKET_OF_STACK',
      suggestions: [`gear destroy --stack ${stackName}`],
    });
  return countContents(clients, target);
}

/** Every version first: S3 deletes only what is empty, and `aws s3 rb --force` does not see old versions. */
export async function deleteBucket(
  clients: AwsClients,
  options: BucketTarget & {readonly signal?: AbortSignal; onProgress(emptied: Emptied): void},
): Promise<Emptied> {
  const {bucket, owner} = options;
  const emptied = await emptyBucket(clients, options);
  try {
    await (await clients.s3()).deleteBucket({Bucket: bucket, ExpectedBucketOwner: owner});
    return emptied;
  } catch (error) {
    throw describeAwsError(error, `delete the bucket ${bucket}`);
  }
}

async function owningStack(clients: AwsClients, bucket: string): Promise<string | undefined> {
  const client = await clients.cloudFormation();
  try {
    const {StackResources = []} = await client.describeStackResources({PhysicalResourceId: bucket});
    // Its policy has the same name: gone, it says nothing of the bucket.
    const held = StackResources.find(
      ({PhysicalResourceId, ResourceStatus}) =>
        PhysicalResourceId === bucket && !/^DELETE_(COMPLETE|SKIPPED)$/.test(ResourceStatus!),
    );
    return held?.StackName;
  } catch (error) {
    if (error instanceof Error && error.message.includes('does not exist')) return undefined;
    throw describeAwsError(error, `find out whose the bucket ${bucket} is`);
  }
}
