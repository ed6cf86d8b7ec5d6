import {isDeepStrictEqual} from 'node:util';
import {boolean, type Infer, integer, list, required, string, structure} from '../../shape.ts';
import {tagList} from '../../tag-list.ts';
import {requireAbsent} from '../require-absent.ts';
import {defineResource, type ResourceContext} from '../resource-type.ts';

const properties = structure({
  BucketEncryption: structure({
    ServerSideEncryptionConfiguration: required(
      list(
        structure({
          BucketKeyEnabled: boolean,
          ServerSideEncryptionByDefault: required(structure({SSEAlgorithm: required(string)})),
        }),
      ),
    ),
  }),
  BucketName: string,
  LifecycleConfiguration: structure({
    Rules: required(
      list(
        structure({
          AbortIncompleteMultipartUpload: structure({DaysAfterInitiation: required(integer)}),
          ExpirationInDays: integer,
          ExpiredObjectDeleteMarker: boolean,
          Id: string,
          NoncurrentVersionExpiration: structure({
            NewerNoncurrentVersions: integer,
            NoncurrentDays: required(integer),
          }),
          NoncurrentVersionExpirationInDays: integer,
          Prefix: string,
          Status: required(string),
        }),
      ),
    ),
  }),
  NotificationConfiguration: structure({
    QueueConfigurations: list(
      structure({
        Event: required(string),
        Filter: structure({
          S3Key: required(
            structure({Rules: required(list(structure({Name: required(string), Value: required(string)})))}),
          ),
        }),
        Queue: required(string),
      }),
    ),
  }),
  OwnershipControls: structure({Rules: required(list(structure({ObjectOwnership: required(string)})))}),
  PublicAccessBlockConfiguration: structure({
    BlockPublicAcls: boolean,
    BlockPublicPolicy: boolean,
    IgnorePublicAcls: boolean,
    RestrictPublicBuckets: boolean,
  }),
  Tags: tagList,
  VersioningConfiguration: structure({Status: required(string)}),
});
type Properties = Infer<typeof properties>;

export const s3Bucket = defineResource({
  type: 'AWS::S3::Bucket',
  properties,
  createOnly: ['BucketName'],
  nameProperty: 'BucketName',
  attributes: ['Arn', 'DomainName', 'DualStackDomainName', 'RegionalDomainName'],
  async create(bucket, context) {
    const Bucket = bucket.BucketName ?? context.name({longest: 63, lowerCase: true});
    const {region} = context;
    if (bucket.BucketName !== undefined)
      await requireAbsent('AWS::S3::Bucket', Bucket, context.call('s3', 'HeadBucket', {Bucket}));
    await context.call('s3', 'CreateBucket', {
      Bucket,
      ...(region === 'us-east-1' ? {} : {CreateBucketConfiguration: {LocationConstraint: region}}),
    });
    context.created(Bucket);
    await configure(Bucket, {}, bucket, context);
    return {
      id: Bucket,
      attributes: {
        Arn: `arn:aws:s3:::${Bucket}`,
        DomainName: `${Bucket}.s3.amazonaws.com`,
        DualStackDomainName: `${Bucket}.s3.dualstack.${region}.amazonaws.com`,
        RegionalDomainName: `${Bucket}.s3.${region}.amazonaws.com`,
      },
    };
  },
  async update({id, properties: before, attributes}, after, context) {
    await configure(id, before, after, context);
    return {id, attributes};
  },
  async delete({id: Bucket}, context) {
    await context.call('s3', 'DeleteBucket', {Bucket});
  },
});

interface Setting {
  readonly property: keyof Properties;
  put(bucket: Properties): readonly [operation: string, input: object];
  readonly remove: readonly [operation: string, input: object];
}

/** In this order: a bucket is protected before anything is sent on its behalf. */
const settings: readonly Setting[] = [
  {
    property: 'PublicAccessBlockConfiguration',
    put: ({PublicAccessBlockConfiguration}) => ['PutPublicAccessBlock', {PublicAccessBlockConfiguration}],
    remove: ['DeletePublicAccessBlock', {}],
  },
  {
    property: 'OwnershipControls',
    put: ({OwnershipControls}) => ['PutBucketOwnershipControls', {OwnershipControls: {Rule: OwnershipControls?.Rules}}],
    // What a bucket has that says nothing of it.
    remove: ['PutBucketOwnershipControls', {OwnershipControls: {Rule: [{ObjectOwnership: 'BucketOwnerEnforced'}]}}],
  },
  {
    property: 'BucketEncryption',
    put: ({BucketEncryption}) => [
      'PutBucketEncryption',
      {
        ServerSideEncryptionConfiguration: {
          Rule: BucketEncryption?.ServerSideEncryptionConfiguration.map(
            ({BucketKeyEnabled, ServerSideEncryptionByDefault}) => ({
              ...(BucketKeyEnabled === undefined ? {} : {BucketKeyEnabled}),
              ApplyServerSideEncryptionByDefault: ServerSideEncryptionByDefault,
            }),
          ),
        },
      },
    ],
    remove: ['DeleteBucketEncryption', {}],
  },
  {
    property: 'VersioningConfiguration',
    put: ({VersioningConfiguration}) => ['PutBucketVersioning', {VersioningConfiguration}],
    // Versioning that was once enabled can only be suspended.
    remove: ['PutBucketVersioning', {VersioningConfiguration: {Status: 'Suspended'}}],
  },
  {
    property: 'LifecycleConfiguration',
    put: bucket => ['PutBucketLifecycleConfiguration', {LifecycleConfiguration: {Rule: lifecycleRules(bucket)}}],
    remove: ['DeleteBucketLifecycle', {}],
  },
  {
    property: 'Tags',
    put: ({Tags}) => ['PutBucketTagging', {Tagging: {TagSet: Tags}}],
    remove: ['DeleteBucketTagging', {}],
  },
  {
    property: 'NotificationConfiguration',
    put: bucket => [
      'PutBucketNotificationConfiguration',
      {NotificationConfiguration: {QueueConfiguration: queueConfigurations(bucket)}},
    ],
    remove: ['PutBucketNotificationConfiguration', {NotificationConfiguration: {}}],
  },
];

async function configure(
  Bucket: string,
  before: Properties,
  after: Properties,
  context: ResourceContext,
): Promise<void> {
  for (const {property, put, remove} of settings) {
    if (isDeepStrictEqual(before[property], after[property])) continue;
    const [operation, input] = after[property] === undefined ? remove : put(after);
    await context.call('s3', operation, {Bucket, ...input});
  }
}

/** The API has one member per kind of expiration where CloudFormation has flat properties. */
function lifecycleRules({LifecycleConfiguration}: Properties): object[] {
  return (LifecycleConfiguration?.Rules ?? []).map(
    ({ExpirationInDays, ExpiredObjectDeleteMarker, NoncurrentVersionExpirationInDays, Prefix, Id, ...rule}) => ({
      ...(Id === undefined ? {} : {ID: Id}),
      ...rule,
      Filter: {Prefix: Prefix ?? ''},
      ...(ExpirationInDays === undefined && ExpiredObjectDeleteMarker === undefined
        ? {}
        : {
            Expiration: {
              ...(ExpirationInDays === undefined ? {} : {Days: ExpirationInDays}),
              ...(ExpiredObjectDeleteMarker === undefined ? {} : {ExpiredObjectDeleteMarker}),
            },
          }),
      ...(NoncurrentVersionExpirationInDays === undefined
        ? {}
        : {NoncurrentVersionExpiration: {NoncurrentDays: NoncurrentVersionExpirationInDays}}),
    }),
  );
}

function queueConfigurations({NotificationConfiguration}: Properties): object[] {
  return (NotificationConfiguration?.QueueConfigurations ?? []).map(({Event, Queue, Filter}) => ({
    Queue,
    Event: [Event],
    ...(Filter === undefined ? {} : {Filter: {S3Key: {FilterRule: Filter.S3Key.Rules}}}),
  }));
}
