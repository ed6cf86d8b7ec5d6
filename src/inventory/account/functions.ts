import type {FunctionConfiguration} from '@aws-sdk/client-lambda';
import type {DeploymentPackage, LayerPackage, PackagedFile} from '../../model/deployment-package.ts';
import type {HandlerWork} from '../../model/handler-work.ts';
import type {LambdaFunction, Trigger, VpcConfig} from '../../model/lambda-function.ts';
import type {Origin} from '../../model/origin.ts';
import {type Resolvable, unresolved} from '../../model/resolvable.ts';
import {type ArchivedHandler, type Handled, placeInArchive} from '../archive/handler-of-archive.ts';

/** What ListFunctions does not say. */
export interface FunctionDetails {
  readonly triggers: readonly Trigger[];
  readonly onFailureDestination: Resolvable<string | undefined>;
  /** What its tag says; functions outside a VPC need none. */
  readonly vpcReason: Resolvable<string | undefined>;
  /** Absent where they were not asked for. */
  readonly files?: readonly PackagedFile[];
  readonly handler?: ArchivedHandler;
  /** What its source says in the place of its package. */
  readonly source?: readonly HandlerWork[];
  readonly layerPackages?: readonly LayerPackage[];
}

export function readFunction(
  configuration: FunctionConfiguration,
  {triggers, onFailureDestination, vpcReason, files, handler, source, layerPackages}: FunctionDetails,
  region: string,
): LambdaFunction {
  const {FunctionName: name = '', FunctionArn: arn = ''} = configuration;
  const vpc = readVpc(configuration, vpcReason, {arn, region});
  const deadLetterQueue = configuration.DeadLetterConfig?.TargetArn;
  return {
    name,
    arn,
    ...(configuration.Runtime === undefined ? {} : {runtime: configuration.Runtime}),
    architecture: configuration.Architectures?.[0] ?? 'x86_64',
    timeout: configuration.Timeout ?? 3,
    memory: configuration.MemorySize ?? 128,
    role: configuration.Role ?? '',
    layers: (configuration.Layers ?? []).map(({Arn = ''}) => Arn),
    ...(vpc === undefined ? {} : {vpc}),
    ...(deadLetterQueue === undefined ? {} : {deadLetterQueue}),
    ...(onFailureDestination === undefined ? {} : {onFailureDestination}),
    triggers,
    package: readPackage(configuration, files),
    ...(layerPackages === undefined ? {} : {layerPackages}),
    ...(handler === undefined || !('work' in handler) ? {} : {handlerWork: workOf(handler, {arn, region})}),
    ...(source === undefined ? {} : {handlerWork: source}),
    snapStart: configuration.SnapStart?.ApplyOn === 'PublishedVersions',
    provisionedConcurrency: unresolved('provisioned concurrency', 'it is not read yet'),
    ...operatingSettings(configuration, {arn, region}),
    logGroup: configuration.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`,
    origin: {arn, region},
  };
}

function workOf(handler: Handled, origin: Origin): readonly HandlerWork[] {
  return handler.work.map(({kind, what, line}) => ({kind, what, origin, place: placeInArchive(handler, line)}));
}

function operatingSettings(
  {Environment, EphemeralStorage, FileSystemConfigs = [], LoggingConfig}: FunctionConfiguration,
  origin: Origin,
) {
  const variables = Object.entries(Environment?.Variables ?? {});
  return {
    ...(variables.length === 0 ? {} : {environment: variables.map(([name, value]) => ({name, value, origin}))}),
    ...(EphemeralStorage?.Size === undefined ? {} : {ephemeralStorage: EphemeralStorage.Size}),
    ...(FileSystemConfigs.length > 0 ? {hasFileSystem: true as const} : {}),
    ...(LoggingConfig?.SystemLogLevel === undefined ? {} : {systemLogLevel: LoggingConfig.SystemLogLevel}),
  };
}

function readPackage(
  {PackageType, CodeSize}: FunctionConfiguration,
  files: readonly PackagedFile[] | undefined,
): DeploymentPackage {
  if (PackageType === 'Image') return {kind: 'image'};
  return CodeSize === undefined
    ? {kind: 'unknown', reason: 'its size was not told'}
    : {kind: 'archive', compressedBytes: CodeSize, ...(files === undefined ? {} : {files})};
}

/** A function that was taken out of its VPC keeps an empty VpcConfig. */
function readVpc(
  {VpcConfig: config}: FunctionConfiguration,
  reason: Resolvable<string | undefined>,
  origin: {arn: string; region: string},
): VpcConfig | undefined {
  if (!config?.VpcId && (config?.SubnetIds ?? []).length === 0) return undefined;
  return {
    subnets: config?.SubnetIds ?? [],
    securityGroups: config?.SecurityGroupIds ?? [],
    ...(reason === undefined ? {} : {reason}),
    privateTargets: [],
    origin,
  };
}
