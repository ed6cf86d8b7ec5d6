/** A bucket and its configurations, each in the form of its XML document. */
export interface Bucket {
  readonly name: string;
  readonly createdAt: number;
  /** Absent until versioning was first switched on. */
  readonly versioning?: 'Enabled' | 'Suspended';
  readonly policy?: string;
  readonly publicAccessBlock?: PublicAccessBlock;
  readonly ownership: string;
  /** Whether its encryption names a bucket key. */
  readonly bucketKey?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
  readonly notification?: NotificationConfiguration;
  readonly lifecycle?: readonly LifecycleRule[];
}

interface PublicAccessBlock {
  readonly BlockPublicAcls?: boolean | undefined;
  readonly IgnorePublicAcls?: boolean | undefined;
  readonly BlockPublicPolicy?: boolean | undefined;
  readonly RestrictPublicBuckets?: boolean | undefined;
}

interface NotificationConfiguration {
  readonly QueueConfiguration?: readonly QueueConfiguration[] | undefined;
}

export interface QueueConfiguration {
  readonly Id?: string | undefined;
  /** The queue's ARN. */
  readonly Queue: string;
  /** `s3:ObjectCreated:*`. */
  readonly Event: readonly string[];
  readonly Filter?:
    | {readonly S3Key?: {readonly FilterRule?: readonly FilterRule[] | undefined} | undefined}
    | undefined;
}

export interface FilterRule {
  readonly Name: string;
  readonly Value: string;
}

export interface LifecycleRule {
  readonly ID?: string | undefined;
  readonly Status: string;
  readonly Prefix?: string | undefined;
  readonly Filter?: LifecycleFilter | undefined;
  readonly Expiration?:
    | {readonly Days?: number | undefined; readonly ExpiredObjectDeleteMarker?: boolean | undefined}
    | undefined;
  readonly NoncurrentVersionExpiration?:
    | {readonly NoncurrentDays: number; readonly NewerNoncurrentVersions?: number | undefined}
    | undefined;
  readonly AbortIncompleteMultipartUpload?: {readonly DaysAfterInitiation: number} | undefined;
}

export interface LifecycleFilter extends LifecycleCriteria {
  readonly Tag?: Tag | undefined;
  readonly And?: (LifecycleCriteria & {readonly Tag?: readonly Tag[] | undefined}) | undefined;
}

interface LifecycleCriteria {
  readonly Prefix?: string | undefined;
  readonly ObjectSizeGreaterThan?: number | undefined;
  readonly ObjectSizeLessThan?: number | undefined;
}

interface Tag {
  readonly Key: string;
  readonly Value: string;
}
