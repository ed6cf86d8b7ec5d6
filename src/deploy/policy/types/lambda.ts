import {arnIn, bucketArn} from '../place.ts';
import type {DeployedResource, ResourceNeeds} from '../resource-needs.ts';

/** A function by its name, its ARN, or the ARN of an alias or a version. */
function functionArns(resource: DeployedResource, property = 'FunctionName'): readonly string[] {
  const text = resource.text(property);
  const name = text.startsWith('arn:') ? text.split(':')[6]! : text.split(':')[0]!;
  return withQualifiers(arnIn(resource.place, 'lambda', `function:${name}`));
}

/** Versions and aliases have the ARN of the function with something behind it. */
function withQualifiers(arn: string): readonly string[] {
  return arn.endsWith('*') ? [arn] : [arn, `${arn}:*`];
}

const ownArn = ({place, names}: DeployedResource) => arnIn(place, 'lambda', `function:${names[0]}`);

export const lambdaFunction: ResourceNeeds = {
  type: 'AWS::Lambda::Function',
  service: 'lambda',
  group: 'Functions',
  name: {property: 'FunctionName', longest: 64},
  on: resource => withQualifiers(ownArn(resource)),
  attributes: {Arn: ownArn},
  always: {
    create: ['CreateFunction', 'GetRuntimeManagementConfig', 'TagResource'],
    read: ['GetFunction', 'GetFunctionCodeSigningConfig', 'GetFunctionRecursionConfig'],
    update: ['ListTags', 'UpdateFunctionCode', 'UpdateFunctionConfiguration', 'UntagResource'],
    delete: ['DeleteFunction'],
  },
  when: {
    ReservedConcurrentExecutions: {create: ['PutFunctionConcurrency'], update: ['DeleteFunctionConcurrency']},
    RecursiveLoop: {create: ['PutFunctionRecursionConfig']},
    RuntimeManagementConfig: {create: ['PutRuntimeManagementConfig']},
  },
  plain: [
    'Architectures',
    'Code',
    'DeadLetterConfig',
    'Description',
    'Environment',
    'EphemeralStorage',
    'Handler',
    'Layers',
    'LoggingConfig',
    'MemorySize',
    'PackageType',
    'Role',
    'Runtime',
    'SnapStart',
    'Tags',
    'Timeout',
    'TracingConfig',
    'VpcConfig',
  ],
  more: resource => [
    {
      group: 'PassRolesToLambda',
      actions: ['iam:PassRole'],
      resources: [resource.text('Role')],
      condition: {StringEquals: {'iam:PassedToService': 'lambda.amazonaws.com'}},
    },
    ...codeGrants(resource),
    ...(resource.properties.Layers === undefined
      ? []
      : [{group: 'Layers', actions: ['lambda:GetLayerVersion'], resources: resource.texts('Layers')}]),
    ...(resource.properties.VpcConfig === undefined
      ? []
      : [
          {
            group: 'Network',
            // Without the last one CloudFormation does not wait until the network interfaces are gone.
            actions: ['SecurityGroups', 'Subnets', 'Vpcs', 'NetworkInterfaces'].map(what => `ec2:Describe${what}`),
            resources: ['*'],
            also: ['destroy' as const],
          },
        ]),
  ],
};

/** A package that lies somewhere already; those that gear sends are in the artefact bucket. */
function codeGrants({properties, place}: DeployedResource) {
  const {S3Bucket, S3Key, S3ObjectVersion} = (properties.Code ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof S3Bucket !== 'string') return [];
  const key = typeof S3Key === 'string' ? S3Key : '*';
  const action = S3ObjectVersion === undefined ? 's3:GetObject' : 's3:GetObjectVersion';
  return [{group: 'ReadPackages', actions: [action], resources: [`${bucketArn(place, S3Bucket)}/${key}`]}];
}

export const lambdaVersion: ResourceNeeds = {
  type: 'AWS::Lambda::Version',
  service: 'lambda',
  group: 'Versions',
  on: functionArns,
  ref: resource => `${functionArns(resource)[0]}:*`,
  attributes: {FunctionArn: resource => `${functionArns(resource)[0]}:*`, Version: () => '*'},
  always: {
    create: ['PublishVersion'],
    // The registry lists the last one for listing; the handler that creates finds with it the version that is there.
    read: ['GetFunctionConfiguration', 'GetRuntimeManagementConfig', 'ListVersionsByFunction'],
    delete: ['DeleteFunction'],
  },
  when: {
    ProvisionedConcurrencyConfig: {
      create: ['PutProvisionedConcurrencyConfig'],
      read: ['GetProvisionedConcurrencyConfig'],
    },
    RuntimePolicy: {create: ['PutRuntimeManagementConfig']},
  },
  plain: ['CodeSha256', 'Description', 'FunctionName'],
};

export const lambdaAlias: ResourceNeeds = {
  type: 'AWS::Lambda::Alias',
  service: 'lambda',
  group: 'Aliases',
  on: functionArns,
  ref: resource => `${functionArns(resource)[0]}:${resource.text('Name')}`,
  attributes: {AliasArn: resource => `${functionArns(resource)[0]}:${resource.text('Name')}`},
  always: {create: ['CreateAlias'], read: ['GetAlias'], update: ['UpdateAlias'], delete: ['DeleteAlias']},
  when: {
    ProvisionedConcurrencyConfig: {
      create: ['PutProvisionedConcurrencyConfig'],
      read: ['GetProvisionedConcurrencyConfig'],
      update: ['DeleteProvisionedConcurrencyConfig'],
    },
  },
  plain: ['Description', 'FunctionName', 'FunctionVersion', 'Name', 'RoutingConfig'],
  more: ({updatePolicy, place}) => {
    const shift = (updatePolicy as {CodeDeployLambdaAliasUpdate?: Shift} | undefined)?.CodeDeployLambdaAliasUpdate;
    if (shift === undefined) return [];
    const {ApplicationName, DeploymentGroupName} = shift;
    const codedeploy = (resource: string) => arnIn(place, 'codedeploy', resource);
    return [
      {
        group: 'ShiftTraffic',
        actions: ['codedeploy:CreateDeployment', 'codedeploy:GetDeployment', 'codedeploy:GetDeploymentGroup'],
        resources: [codedeploy(`deploymentgroup:${ApplicationName}/${DeploymentGroupName}`)],
      },
      {
        group: 'Revisions',
        actions: ['codedeploy:RegisterApplicationRevision', 'codedeploy:GetApplicationRevision'],
        resources: [codedeploy(`application:${ApplicationName}`)],
      },
      {
        group: 'DeploymentConfigs',
        actions: ['codedeploy:GetDeploymentConfig'],
        resources: [codedeploy('deploymentconfig:*')],
      },
      // It knows no resource.
      {group: 'StopDeployments', actions: ['codedeploy:StopDeployment'], resources: ['*']},
    ];
  },
};

interface Shift {
  readonly ApplicationName: string;
  readonly DeploymentGroupName: string;
}

export const lambdaEventInvokeConfig: ResourceNeeds = {
  type: 'AWS::Lambda::EventInvokeConfig',
  service: 'lambda',
  group: 'EventInvokeConfigs',
  on: functionArns,
  always: {
    create: ['PutFunctionEventInvokeConfig'],
    read: ['GetFunctionEventInvokeConfig'],
    update: ['UpdateFunctionEventInvokeConfig'],
    delete: ['DeleteFunctionEventInvokeConfig'],
  },
  plain: ['DestinationConfig', 'FunctionName', 'MaximumEventAgeInSeconds', 'MaximumRetryAttempts', 'Qualifier'],
};

export const lambdaPermission: ResourceNeeds = {
  type: 'AWS::Lambda::Permission',
  service: 'lambda',
  group: 'FunctionPolicies',
  on: functionArns,
  always: {create: ['AddPermission'], read: ['GetPolicy'], delete: ['RemovePermission']},
  plain: [
    'Action',
    'EventSourceToken',
    'FunctionName',
    'FunctionUrlAuthType',
    'InvokedViaFunctionUrl',
    'Principal',
    'PrincipalOrgID',
    'SourceAccount',
    'SourceArn',
  ],
};

export const lambdaEventSourceMapping: ResourceNeeds = {
  type: 'AWS::Lambda::EventSourceMapping',
  service: 'lambda',
  group: 'TagEventSources',
  // Its ARN ends in a random identifier, and tagging knows no key for the function.
  on: ({place}) => [arnIn(place, 'lambda', 'event-source-mapping:*')],
  always: {create: ['TagResource'], read: ['ListTags'], update: ['UntagResource']},
  plain: [
    'BatchSize',
    'BisectBatchOnFunctionError',
    'DestinationConfig',
    'Enabled',
    'EventSourceArn',
    'FilterCriteria',
    'FunctionName',
    'FunctionResponseTypes',
    'MaximumBatchingWindowInSeconds',
    'MaximumRecordAgeInSeconds',
    'MaximumRetryAttempts',
    'MetricsConfig',
    'ParallelizationFactor',
    'ScalingConfig',
    'StartingPosition',
    'StartingPositionTimestamp',
    'Tags',
    'TumblingWindowInSeconds',
  ],
  more: resource => {
    const condition = {ArnLike: {'lambda:FunctionArn': functionArns(resource)}};
    const ofMapping = (verb: string) => ({
      group: 'EventSources',
      actions: [`lambda:${verb}EventSourceMapping`],
      resources: [arnIn(resource.place, 'lambda', 'event-source-mapping:*')],
      condition,
    });
    return [
      {
        group: 'CreateEventSources',
        actions: ['lambda:CreateEventSourceMapping'],
        resources: ['*'],
        condition,
      },
      {...ofMapping('Get'), also: ['destroy', 'drift']},
      {...ofMapping('Delete'), also: ['destroy']},
      ofMapping('Update'),
    ];
  },
};
