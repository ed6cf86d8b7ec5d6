import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import type {DeployEvent} from './events.ts';

interface Upload {
  readonly bucket: string;
  readonly key: string;
  readonly bytes: Uint8Array | string;
  /** The account that must own the bucket: a name can be taken by anybody once it is free. */
  readonly owner: string;
  onEvent(event: Extract<DeployEvent, {readonly type: 'uploaded'}>): void;
}

/** Keys carry a hash of what they hold, so one that is there already is not sent again. Whether it was. */
export async function uploadOnce(clients: AwsClients, {bucket, key, bytes, owner, onEvent}: Upload): Promise<boolean> {
  const s3 = await clients.s3();
  try {
    // Not HeadObject: S3 remembers for a while that a key was missing, and CloudFormation then does not find it.
    const {Contents = []} = await s3.listObjectsV2({Bucket: bucket, Prefix: key, ExpectedBucketOwner: owner});
    const existed = Contents.some(object => object.Key === key);
    if (!existed) await s3.putObject({Bucket: bucket, Key: key, Body: bytes, ExpectedBucketOwner: owner});
    onEvent({type: 'uploaded', key, bytes: bytes.length, existed});
    return existed;
  } catch (error) {
    throw describeAwsError(error, `upload ${key} to ${bucket}`);
  }
}
