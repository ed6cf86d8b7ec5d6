import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import {GearError} from '../errors.ts';
import {type BucketContents, countContents, isGone} from './bucket-contents.ts';
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
  const {bucket, owner, onProgress} = options;
  const s3 = await clients.s3();
  let emptied: Emptied = {versions: 0, uploads: 0};
  for (let attempt = 1; ; attempt++) {
    const before = emptied;
    const added = ({versions, uploads}: Emptied) => ({
      versions: before.versions + versions,
      uploads: before.uploads + uploads,
    });
    emptied = added(await emptyBucket(clients, {...options, onProgress: more => onProgress(added(more))}));
    try {
      await s3.deleteBucket({Bucket: bucket, ExpectedBucketOwner: owner});
      return emptied;
    } catch (error) {
      if (isGone(error)) return emptied;
      if (!(error instanceof Error) || error.name !== 'BucketNotEmpty')
        throw describeAwsError(error, `delete the bucket ${bucket}`);
      if (attempt === attempts) throw writtenTo(bucket, emptied);
    }
  }
}

/** How often it is emptied again because something went on writing until its deletion. */
const attempts = 3;

function writtenTo(bucket: string, {versions}: Emptied): GearError {
  return new GearError(
    `Something goes on writing to the bucket ${bucket}: it stands, without the ${versions} versions that were deleted`,
    {code: 'BUCKET_NOT_EMPTY', suggestions: ['stop what writes to it', `gear destroy --bucket ${bucket}`]},
  );
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
