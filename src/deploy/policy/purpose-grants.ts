import {artifactBucketName} from '../artifact-bucket.ts';
import {mayBeProtected} from '../protected-tables.ts';
import type {Grant} from './grant.ts';
import {arnIn, bucketArn, type Place} from './place.ts';
import type {Purpose} from './purpose.ts';
import {resourceGrants} from './resource-grants.ts';
import type {DeployedResource} from './resource-needs.ts';
import {listArtifactsGrant, onStack} from './stack-grants.ts';

interface Subject {
  readonly service: string;
  readonly place: Place;
  /** Of the stack and of those nested in it. */
  readonly stacks: readonly string[];
  /** With those of nested stacks. */
  readonly resources: readonly DeployedResource[];
}

/** What gear itself calls for all that is not a deployment. */
export const purposeGrants: Readonly<Record<Exclude<Purpose, 'deploy'>, (subject: Subject) => readonly Grant[]>> = {
  /** Deleting for good what is in the buckets that go with the stack, and taking away packages. */
  destroy({service, place, stacks, resources}) {
    const buckets = resources.filter(({type, isRetained}) => type === 'AWS::S3::Bucket' && !isRetained);
    const arns = buckets.map(({names}) => bucketArn(place, names[0]!));
    const onBuckets = (group: string, names: readonly string[], on: readonly string[]): Grant[] =>
      on.length === 0
        ? []
        : [{group, actions: names.map(name => `s3:${name}`), resources: on, why: 'gear destroy empties the buckets'}];
    return [
      onStack(
        stacks,
        ['DeleteStack', 'DescribeStackEvents', 'DescribeStacks', 'GetTemplate', 'ListStackResources'],
        'gear destroy deletes the stack and follows its events',
      ),
      {
        group: 'Importers',
        actions: ['cloudformation:ListImports'],
        resources: ['*'],
        why: 'a stack whose exports are imported cannot be deleted',
      },
      ...onBuckets('FindContents', findingContents, arns),
      ...onBuckets(
        'EmptyBuckets',
        emptying,
        arns.map(arn => `${arn}/*`),
      ),
      ...(resources.some(({properties}) => properties.VpcConfig !== undefined)
        ? [
            {
              group: 'LingeringInterfaces',
              actions: ['ec2:DescribeNetworkInterfaces'],
              resources: ['*'],
              why: 'gear destroy says which network interfaces Lambda still has to give back',
            },
          ]
        : []),
      ...protectionGrants(place, resources),
      ...packagesGrants(service, place),
    ];
  },

  /** `gear destroy --bucket`, of one that the stack has kept. Whoever may delete the stack need not be allowed that. */
  'destroy-bucket'({place, resources}) {
    const arns = ofType(resources, 'AWS::S3::Bucket', ({names}) => bucketArn(place, names[0]!));
    if (arns.length === 0) return [];
    const why = 'gear destroy --bucket empties a bucket that the stack has kept, and deletes it';
    const on = (group: string, names: readonly string[], on: readonly string[]): Grant => {
      return {group, actions: names.map(name => `s3:${name}`), resources: on, why};
    };
    return [
      {
        group: 'FindOwner',
        actions: ['cloudformation:DescribeStackResources'],
        resources: [arnIn(place, 'cloudformation', 'stack/*')],
        why: 'a bucket that any stack still has is left to it',
      },
      on('DeleteBuckets', ['DeleteBucket', 'ListBucket', ...findingContents], arns),
      on(
        'EmptyBuckets',
        emptying,
        arns.map(arn => `${arn}/*`),
      ),
    ];
  },

  /** CloudFormation reads each resource with the rights of whoever asks, also where the stack has a role of its own. */
  drift: ({stacks, resources}) => [
    onStack(
      stacks,
      [
        'DescribeStackResourceDrifts',
        'DescribeStacks',
        'DetectStackDrift',
        'DetectStackResourceDrift',
        'ListStackResources',
      ],
      'gear drift has CloudFormation compare the stack with what is there',
    ),
    {
      group: 'FollowDrift',
      actions: ['cloudformation:DescribeStackDriftDetectionStatus'],
      resources: ['*'],
      why: 'a detection is asked for by its identifier',
    },
    ...resources.flatMap(resource => resourceGrants(resource, 'drift')),
  ],

  /** Code that CloudFormation does not see, and giving the deployed code back. */
  hotswap({service, place, stacks, resources}) {
    const functions = ofType(resources, 'AWS::Lambda::Function', ({names}) =>
      arnIn(place, 'lambda', `function:${names[0]}`),
    );
    if (functions.length === 0) return [];
    return [
      onStack(stacks, ['DescribeStacks', 'GetTemplate', 'ListStackResources'], 'gear deploy --hotswap finds functions'),
      {
        group: 'Hotswap',
        actions: ['GetFunction', 'GetFunctionConfiguration', 'TagResource', 'UntagResource', 'UpdateFunctionCode'].map(
          name => `lambda:${name}`,
        ),
        resources: functions,
        why: 'gear deploy --hotswap replaces code, and the next deployment gives the deployed code back',
      },
      {
        group: 'DeployedCode',
        actions: ['s3:GetObject'],
        resources: [`${bucketArn(place, artifactBucketName(place))}/${service}/*`],
        why: 'Lambda reads the deployed package in the caller’s name',
      },
    ];
  },

  /** `gear status`, `gear logs`, `gear diff`: reads only. */
  observe({place, stacks, resources}) {
    const functions = ofType(resources, 'AWS::Lambda::Function', ({names}) =>
      arnIn(place, 'lambda', `function:${names[0]}`),
    );
    const logGroups = [
      ...ofType(resources, 'AWS::Logs::LogGroup', ({names}) => arnIn(place, 'logs', `log-group:${names[0]}`)),
      ...ofType(
        resources.filter(({properties}) => properties.LoggingConfig === undefined),
        'AWS::Lambda::Function',
        ({names}) => arnIn(place, 'logs', `log-group:/aws/lambda/${names[0]}`),
      ),
    ];
    const queues = ofType(resources, 'AWS::SQS::Queue', ({names}) => arnIn(place, 'sqs', names[0]!));
    const hasAlarms = resources.some(({type}) => type === 'AWS::CloudWatch::Alarm');
    const grant = (group: string, actions: readonly string[], on: readonly string[], why: string): Grant[] =>
      on.length === 0 ? [] : [{group, actions, resources: on, why}];
    const everywhere = (needed: boolean) => (needed ? ['*'] : []);
    return [
      onStack(
        stacks,
        ['DescribeStackEvents', 'DescribeStacks', 'GetTemplate', 'ListStackResources'],
        'gear status, gear logs and gear diff read the stack',
      ),
      ...grant(
        'ObserveFunctions',
        ['lambda:GetFunctionConfiguration', 'lambda:ListFunctionEventInvokeConfigs'],
        functions,
        'gear status and gear logs',
      ),
      ...grant('ReadLogs', ['logs:FilterLogEvents'], logGroups.map(withStreams), 'gear logs'),
      ...grant('ObserveQueues', ['sqs:GetQueueAttributes'], queues, 'gear status says how deep queues are'),
      // They know no resource.
      ...grant(
        'FindFailureQueues',
        ['cloudwatch:GetMetricStatistics', 'lambda:ListEventSourceMappings', 'lambda:ListFunctions'],
        everywhere(queues.length > 0),
        'gear status says which queues hold what failed, and for how long',
      ),
      ...grant(
        'ReadAlarms',
        ['cloudwatch:DescribeAlarms'],
        hasAlarms ? [arnIn(place, 'cloudwatch', 'alarm:*')] : [],
        'gear status names the alarms that are in ALARM',
      ),
    ];
  },
};

/** How much is in a bucket, and whether Object Lock holds it. */
const findingContents = ['GetBucketObjectLockConfiguration', 'ListBucketMultipartUploads', 'ListBucketVersions'];
const emptying = [
  'AbortMultipartUpload',
  'DeleteObject',
  'DeleteObjectVersion',
  'GetObjectLegalHold',
  'GetObjectRetention',
];

/** Found out before anything is emptied. */
function protectionGrants(place: Place, resources: readonly DeployedResource[]): readonly Grant[] {
  const tables = resources.filter(({type, properties}) => mayBeProtected(type, properties));
  if (tables.length === 0) return [];
  return [
    {
      group: 'ProtectedTables',
      actions: ['dynamodb:DescribeTable'],
      resources: ofType(tables, 'AWS::DynamoDB::Table', ({names}) => arnIn(place, 'dynamodb', `table/${names[0]}`)),
      why: 'a stack whose table is protected against deletion cannot be deleted',
    },
  ];
}

/** `gear destroy --packages`: whatever any stack of the account names stays, so each is looked at. */
function packagesGrants(service: string, place: Place): readonly Grant[] {
  const bucket = bucketArn(place, artifactBucketName(place));
  const why = 'gear destroy --packages keeps what any stack or change set names';
  return [
    {group: 'FindStacks', actions: ['cloudformation:ListStacks'], resources: ['*'], why},
    {
      group: 'ReadTemplates',
      actions: ['cloudformation:GetTemplate', 'cloudformation:ListChangeSets'],
      resources: [arnIn(place, 'cloudformation', 'stack/*')],
      why,
    },
    listArtifactsGrant(service, place, 'gear destroy --packages lists what deployments have uploaded'),
    {
      group: 'RemovePackages',
      actions: ['s3:DeleteObject'],
      resources: [`${bucket}/${service}/*`],
      why: 'gear destroy --packages takes away what deployments have uploaded; its versions stay for another 30 days',
    },
  ];
}

function ofType(
  resources: readonly DeployedResource[],
  type: string,
  arn: (resource: DeployedResource) => string,
): readonly string[] {
  return resources.filter(resource => resource.type === type).map(arn);
}

function withStreams(arn: string): string {
  return arn.endsWith('*') ? arn : `${arn}:*`;
}
