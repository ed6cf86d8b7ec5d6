import type {DeploymentPackage} from '../../model/deployment-package.ts';
import type {HandlerWork} from '../../model/handler-work.ts';
import type {EnvironmentVariable, LambdaFunction, Trigger, VpcConfig} from '../../model/lambda-function.ts';
import {nameInArn} from '../../model/name-in-arn.ts';
import {isUnresolved, type Resolvable} from '../../model/resolvable.ts';
import {type Environment, record} from './intrinsics.ts';
import {arnOfResource} from './references.ts';
import {refusesOneSubnet} from './refuses-one-subnet.ts';
import type {TemplateResource} from './resources.ts';
import type {Value} from './value.ts';

export function isFunction({type}: TemplateResource): boolean {
  return type === 'AWS::Lambda::Function' || type === 'AWS::Serverless::Function';
}

/** What was read of it besides the template. */
export interface FunctionCode {
  readonly deploymentPackage: DeploymentPackage;
  readonly handlerWork: readonly HandlerWork[] | undefined;
}

export function readFunction(
  resource: TemplateResource,
  resources: readonly TemplateResource[],
  environment: Environment,
  triggers: readonly Trigger[],
  {deploymentPackage, handlerWork}: FunctionCode,
): LambdaFunction {
  const {logicalId, property, origin} = resource;
  const arn = arnOfResource(logicalId, environment);
  const runtime = property('Runtime').text();
  const vpc = readVpc(resource, resources, environment);
  const deadLetterQueue =
    property('DeadLetterConfig').at('TargetArn').text() ?? property('DeadLetterQueue').at('TargetArn').text();
  const onFailure = onFailureDestination(resource, resources, environment);
  const logGroup = property('LoggingConfig').at('LogGroup').text();
  return {
    name: logicalId,
    arn,
    ...(runtime === undefined ? {} : {runtime}),
    architecture: property('Architectures').at(0).text() ?? 'x86_64',
    timeout: property('Timeout').number() ?? 3,
    memory: property('MemorySize').number() ?? 128,
    role: property('Role').text() ?? arnOfResource(`${logicalId}Role`, environment),
    layers: property('Layers')
      .items()
      .map(layer => layer.text() ?? ''),
    ...(vpc === undefined ? {} : {vpc}),
    ...(deadLetterQueue === undefined ? {} : {deadLetterQueue}),
    ...(onFailure === undefined ? {} : {onFailureDestination: onFailure}),
    triggers,
    package: deploymentPackage,
    ...(handlerWork === undefined ? {} : {handlerWork}),
    snapStart: equals(property('SnapStart').at('ApplyOn').text(), 'PublishedVersions'),
    provisionedConcurrency: hasProvisionedConcurrency(resource, resources, environment),
    ...operatingSettings(resource),
    publishesVersions: publishesVersions(resource, resources, environment),
    logGroup: logGroup ?? `/aws/lambda/${nameInArn(arn)}`,
    origin,
  };
}

function operatingSettings({property}: TemplateResource) {
  const variables = property('Environment').at('Variables');
  const reserved = property('ReservedConcurrentExecutions').number();
  const storage = property('EphemeralStorage').at('Size').number();
  const systemLogLevel = property('LoggingConfig').at('SystemLogLevel').text();
  return {
    ...(variables.exists ? {environment: variables.unresolved ?? environmentOf(variables)} : {}),
    ...(reserved === undefined ? {} : {reservedConcurrency: reserved}),
    ...(storage === undefined ? {} : {ephemeralStorage: storage}),
    ...(property('FileSystemConfigs').items().length > 0 ? {hasFileSystem: true as const} : {}),
    ...(systemLogLevel === undefined ? {} : {systemLogLevel}),
  };
}

function environmentOf(variables: Value): readonly EnvironmentVariable[] {
  return variables.entries().map(([name, value]) => ({name, value: value.text() ?? '', origin: value.origin}));
}

function publishesVersions(
  resource: TemplateResource,
  resources: readonly TemplateResource[],
  environment: Environment,
): boolean {
  if (resource.property('AutoPublishAlias').exists) return true;
  return resources.some(other => other.type === 'AWS::Lambda::Version' && isAbout(other, resource, environment));
}

function equals(text: Resolvable<string> | undefined, wanted: string): Resolvable<boolean> {
  return isUnresolved(text) ? text : text === wanted;
}

/** An empty VpcConfig detaches a function: it is as good as none. */
function readVpc(
  resource: TemplateResource,
  resources: readonly TemplateResource[],
  environment: Environment,
): Resolvable<VpcConfig> | undefined {
  const config = resource.property('VpcConfig');
  if (config.unresolved !== undefined) return config.unresolved;
  const subnets = config.at('SubnetIds');
  const securityGroups = config.at('SecurityGroupIds');
  if (subnets.items().length === 0 && securityGroups.items().length === 0) return undefined;
  const reason =
    resource.metadata.at('Gear').at('VpcReason').text() ?? tag(resource.property('Tags'), 'gear:VpcReason');
  return {
    subnets: texts(subnets),
    ...(isUnresolved(subnets.unresolved) && refusesOneSubnet(resource.logicalId, environment)
      ? {refusesOneSubnet: true}
      : {}),
    securityGroups: texts(securityGroups),
    ...(reason === undefined ? {} : {reason}),
    privateTargets: privateTargets(resource, resources),
    origin: config.origin,
  };
}

function texts(list: Value): Resolvable<readonly Resolvable<string>[]> {
  return list.unresolved ?? list.items().map(item => item.text() ?? '');
}

/** CloudFormation has a list of keys and values, SAM a map. */
function tag(tags: Value, name: string): Resolvable<string> | undefined {
  if (tags.isMap) return tags.at(name).text();
  const entry = tags.items().find(item => item.at('Key').text() === name);
  return entry?.at('Value').text();
}

/** Databases, caches, clusters and endpoints that are reached through a VPC only, when the function refers to them. */
function privateTargets(resource: TemplateResource, resources: readonly TemplateResource[]): readonly string[] {
  const targets = resources.filter(({type}) => privateTypes.test(type)).map(({logicalId}) => logicalId);
  const text = JSON.stringify(resource.properties.plain() ?? null);
  const mounted = resource.property('FileSystemConfigs').items().length > 0 ? ['its file system'] : [];
  return [...targets.filter(target => text.includes(`\${${target}}`) || text.includes(`\${${target}.`)), ...mounted];
}

const privateTypes =
  /^AWS::(RDS|ElastiCache|DocDB|Neptune|MSK|Redshift|MemoryDB|DAX|EFS|AmazonMQ|VpcLattice)::|^AWS::EC2::VPCEndpoint$/;

function onFailureDestination(
  resource: TemplateResource,
  resources: readonly TemplateResource[],
  environment: Environment,
): Resolvable<string> | undefined {
  const own = resource.property('EventInvokeConfig').at('DestinationConfig').at('OnFailure');
  // SAM makes the queue or topic itself when the destination is left out.
  if (own.exists) return own.at('Destination').text() ?? own.at('Type').text();
  for (const config of resources)
    if (config.type === 'AWS::Lambda::EventInvokeConfig' && isAbout(config, resource, environment)) {
      const destination = config.property('DestinationConfig').at('OnFailure').at('Destination').text();
      if (destination !== undefined) return destination;
    }
  return undefined;
}

function hasProvisionedConcurrency(
  resource: TemplateResource,
  resources: readonly TemplateResource[],
  environment: Environment,
): Resolvable<boolean> {
  const own = resource.property('ProvisionedConcurrencyConfig');
  if (own.exists) return own.unresolved ?? true;
  return resources.some(
    other =>
      (other.type === 'AWS::Lambda::Alias' || other.type === 'AWS::Lambda::Version') &&
      other.property('ProvisionedConcurrencyConfig').exists &&
      isAbout(other, resource, environment),
  );
}

/** Whether a resource's FunctionName names this function: by logical ID, by name or by ARN. */
function isAbout(other: TemplateResource, fn: TemplateResource, environment: Environment): boolean {
  const name = other.property('FunctionName').text();
  const arn = arnOfResource(fn.logicalId, environment);
  return typeof name === 'string' && (name === arn || name === nameInArn(arn));
}

export function gearEntry(resource: TemplateResource): string | undefined {
  const entry = record(resource.metadata.plain());
  const {Entry} = record(entry.Gear);
  return typeof Entry === 'string' ? Entry : undefined;
}
