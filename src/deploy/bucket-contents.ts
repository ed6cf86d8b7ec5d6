import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import {requireNotHeld} from './object-lock.ts';

export interface BucketContents {
  /** Versions of objects and delete markers; of the first thousand. */
  readonly versions: number;
  readonly uploads: number;
  /** There are more than were counted. */
  readonly more: boolean;
  /** Of a bucket with Object Lock: of how many versions it is known that none is held. */
  readonly freeVersions?: number;
}

export interface Bucket {
  readonly bucket: string;
  /** The account that must own it: a name can be taken by anybody once it is free. */
  readonly owner: string;
  /** How it may stay where Object Lock holds a version of it. */
  readonly keeping?: string | undefined;
}

const emptyContents: BucketContents = {versions: 0, uploads: 0, more: false};

/**
 * A look at one page: enough to know what is at stake, whatever the size of the bucket. Throws GearError where Object
 * Lock holds what would have to go.
 */
export async function countContents(clients: AwsClients, target: Bucket): Promise<BucketContents> {
  const {bucket, owner} = target;
  const s3 = await clients.s3();
  const input = {Bucket: bucket, ExpectedBucketOwner: owner};
  try {
    const {Versions = [], DeleteMarkers = [], IsTruncated: more = false} = await s3.listObjectVersions(input);
    const {Uploads = [], IsTruncated: moreUploads = false} = await s3.listMultipartUploads(input);
    const freeVersions = await requireNotHeld(clients, target, Versions);
    return {
      versions: Versions.length + DeleteMarkers.length,
      uploads: Uploads.length,
      more: more || moreUploads,
      ...(freeVersions === undefined ? {} : {freeVersions}),
    };
  } catch (error) {
    if (isGone(error)) return emptyContents;
    throw describeAwsError(error, `look into the bucket ${bucket}`);
  }
}

/** Somebody was faster: CloudFormation takes it for deleted, too. */
export function isGone(error: unknown): boolean {
  return error instanceof Error && error.name === 'NoSuchBucket';
}
