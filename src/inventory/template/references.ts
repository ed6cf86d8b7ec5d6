import {asText} from '../../model/as-text.ts';
import {entry} from '../../model/entry.ts';
import {isUnresolved} from '../../model/resolvable.ts';
import {type Environment, record, settle} from './intrinsics.ts';

/**
 * What only a deployment knows stands as a placeholder, so that an ARN of the template names one resource. The
 * partition does not: nobody's finding depends on it, and `arn:aws:` is how people write ARNs by hand.
 */
const pseudoParameters: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['AccountId', 'NotificationARNs', 'Region', 'StackId', 'StackName'].map(name => [
      `AWS::${name}`,
      `\${AWS::${name}}`,
    ]),
  ),
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
};

export function pseudoParameter(name: string, {pseudo = {}}: Pick<Environment, 'pseudo'>): string | undefined {
  return entry(pseudo, name) ?? entry(pseudoParameters, name);
}

/** An ARN that is written for any account and region, as far as it is known which these are. */
export function inPlace(arn: string, {pseudo}: Pick<Environment, 'pseudo'>): string {
  if (pseudo === undefined) return arn;
  return arn
    .replace(/^arn:aws:/, `arn:${entry(pseudo, 'AWS::Partition') ?? 'aws'}:`)
    .replaceAll(/\$\{(AWS::\w+)\}/g, (placeholder, name: string) => entry(pseudo, name) ?? placeholder);
}

/** What `!Ref` gives for a resource: its name where the template gives it one, `${LogicalId}` otherwise. */
export function referenceTo(logicalId: string, environment: Environment): string | undefined {
  const resource = resourceOf(logicalId, environment);
  if (resource === undefined) return undefined;
  if (resource.type === 'AWS::Lambda::Alias' || resource.type === 'AWS::Lambda::Version')
    return qualifiedArn(logicalId, resource, environment);
  return refersByArn.has(resource.type)
    ? arnOf(logicalId, resource, environment)
    : nameOf(logicalId, resource, environment);
}

/** The ARN of the function it is of, and itself as the qualifier. */
function qualifiedArn(logicalId: string, {properties}: Resource, environment: Environment): string {
  const samFunction = /^(.+)\.(Alias|Version)$/.exec(logicalId)?.[1];
  if (samFunction !== undefined) return `${arnOfResource(samFunction, environment)}:\${${logicalId}}`;
  if (isWithin(logicalId, environment)) return `\${${logicalId}}`;
  const settled = settle(properties.FunctionName, [], inside(logicalId, environment));
  const name = settled.kind === 'value' ? asText(settled.raw) : `\${${logicalId}.FunctionName}`;
  return `${inPlace(name.includes(':function:') ? name : lambdaFunctionArn(name), environment)}:\${${logicalId}}`;
}

export function attributeOf(logicalId: string, attribute: string, environment: Environment): string | undefined {
  const resource = resourceOf(logicalId, environment);
  if (resource === undefined) return undefined;
  const arn = arnOf(logicalId, resource, environment);
  if (attribute === 'Arn' || arnAttributes.has(`${resource.type}.${attribute}`)) return arn;
  if (attribute === 'StreamArn') return `${arn}/stream/\${${logicalId}}`;
  return nameAttributes.has(attribute) ? nameOf(logicalId, resource, environment) : `\${${logicalId}.${attribute}}`;
}

interface Resource {
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

function resourceOf(logicalId: string, environment: Environment): Resource | undefined {
  const resources = record(environment.template.body.Resources);
  const resource = record(Object.hasOwn(resources, logicalId) ? resources[logicalId] : undefined);
  if (typeof resource.Type === 'string') return {type: resource.Type, properties: record(resource.Properties)};
  const generated = samGenerated(logicalId, resources);
  return generated === undefined ? undefined : {type: generated, properties: {}};
}

/** SAM names what it adds after the resource that asked for it. */
function samGenerated(logicalId: string, resources: Readonly<Record<string, unknown>>): string | undefined {
  if (/^Serverless(Rest|Http)Api(\.?Stage|.+Stage)?$/.test(logicalId)) return 'AWS::ApiGateway::RestApi';
  for (const [suffix, type] of [
    ['Role', 'AWS::IAM::Role'],
    ['.Version', 'AWS::Lambda::Version'],
    ['.Alias', 'AWS::Lambda::Alias'],
    ['Url', 'AWS::Lambda::Url'],
    ['.Stage', 'AWS::ApiGateway::Stage'],
    ['Queue', 'AWS::SQS::Queue'],
  ] as const) {
    const owner = record(resources[logicalId.slice(0, -suffix.length)]).Type;
    if (logicalId.endsWith(suffix) && asText(owner).startsWith('AWS::Serverless::')) return type;
  }
  return undefined;
}

function isWithin(logicalId: string, {within = []}: Environment): boolean {
  return within.includes(`resource ${logicalId}`);
}

function inside(logicalId: string, environment: Environment): Environment {
  return {...environment, within: [...(environment.within ?? []), `resource ${logicalId}`]};
}

function nameOf(logicalId: string, {type, properties}: Resource, environment: Environment): string {
  const property = entry(namings, type)?.property;
  if (property === undefined || entry(properties, property) === undefined || isWithin(logicalId, environment))
    return `\${${logicalId}}`;
  const settled = settle(properties[property], [], inside(logicalId, environment));
  return settled.kind === 'value' && typeof settled.raw === 'string' && !isUnresolved(settled.raw)
    ? settled.raw
    : `\${${logicalId}}`;
}

function arnOf(logicalId: string, resource: Resource, environment: Environment): string {
  const known = environment.arns?.get(logicalId);
  if (known !== undefined) return known;
  if (resource.type === 'AWS::Kinesis::StreamConsumer') return consumerArn(logicalId, resource, environment);
  const naming = entry(namings, resource.type);
  if (naming === undefined) return `\${${logicalId}.Arn}`;
  return inPlace(naming.arn(nameOf(logicalId, resource, environment)), environment);
}

/** It goes on from that of its stream. */
function consumerArn(logicalId: string, {properties}: Resource, environment: Environment): string {
  const stream = isWithin(logicalId, environment)
    ? undefined
    : settle(properties.StreamARN, [], inside(logicalId, environment));
  const arn =
    stream?.kind === 'value' ? asText(stream.raw) : namings['AWS::Kinesis::Stream']!.arn(`\${${logicalId}.StreamARN}`);
  return inPlace(`${arn}/consumer/\${${logicalId}}`, environment);
}

/** The ARN that a resource of this type will have, with its name where known. */
export function arnOfResource(logicalId: string, environment: Environment): string {
  return attributeOf(logicalId, 'Arn', environment) ?? `\${${logicalId}.Arn}`;
}

/** How a template refers to that ARN; undefined for a type whose ARN is not known here. */
export function arnReference(logicalId: string, type: string): string | undefined {
  if (refersByArn.has(type)) return `!Ref ${logicalId}`;
  return entry(namings, type) === undefined ? undefined : `!GetAtt ${logicalId}.Arn`;
}

const regional = (service: string, resource: (name: string) => string) => (name: string) =>
  `arn:aws:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource(name)}`;
const plainName = (name: string) => name;

interface Naming {
  /** The property that names it, where there is one. */
  readonly property?: string;
  readonly arn: (name: string) => string;
}

const role: Naming = {property: 'RoleName', arn: name => `arn:aws:iam::\${AWS::AccountId}:role/${name}`};
const table: Naming = {property: 'TableName', arn: regional('dynamodb', name => `table/${name}`)};
const lambdaFunction: Naming = {property: 'FunctionName', arn: regional('lambda', name => `function:${name}`)};
export const lambdaFunctionArn = lambdaFunction.arn;
const stateMachine: Naming = {property: 'StateMachineName', arn: regional('states', name => `stateMachine:${name}`)};

const namings: Readonly<Record<string, Naming>> = {
  'AWS::AmazonMQ::Broker': {property: 'BrokerName', arn: regional('mq', name => `broker:${name}`)},
  'AWS::DocDB::DBCluster': {property: 'DBClusterIdentifier', arn: regional('rds', name => `cluster:${name}`)},
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::DynamoDB::Table': table,
  'AWS::Events::EventBus': {property: 'Name', arn: regional('events', name => `event-bus/${name}`)},
  'AWS::IAM::ManagedPolicy': {
    property: 'ManagedPolicyName',
    arn: name => `arn:aws:iam::\${AWS::AccountId}:policy/${name}`,
  },
  'AWS::IAM::Role': role,
  'AWS::KMS::Key': {arn: regional('kms', name => `key/${name}`)},
  'AWS::Kinesis::Stream': {property: 'Name', arn: regional('kinesis', name => `stream/${name}`)},
  'AWS::Lambda::Function': lambdaFunction,
  'AWS::Logs::LogGroup': {property: 'LogGroupName', arn: regional('logs', name => `log-group:${name}:*`)},
  'AWS::MSK::Cluster': {property: 'ClusterName', arn: regional('kafka', name => `cluster/${name}`)},
  'AWS::MSK::ServerlessCluster': {property: 'ClusterName', arn: regional('kafka', name => `cluster/${name}`)},
  'AWS::S3::Bucket': {property: 'BucketName', arn: name => `arn:aws:s3:::${name}`},
  'AWS::SNS::Topic': {property: 'TopicName', arn: regional('sns', plainName)},
  'AWS::SQS::Queue': {property: 'QueueName', arn: regional('sqs', plainName)},
  'AWS::SecretsManager::Secret': {arn: regional('secretsmanager', name => `secret:${name}`)},
  'AWS::Serverless::Function': lambdaFunction,
  'AWS::Serverless::SimpleTable': table,
  'AWS::Serverless::StateMachine': {...stateMachine, property: 'Name'},
  'AWS::StepFunctions::StateMachine': stateMachine,
};

const refersByArn = new Set([
  'AWS::IAM::ManagedPolicy',
  'AWS::Kinesis::StreamConsumer',
  'AWS::MSK::Cluster',
  'AWS::MSK::ServerlessCluster',
  'AWS::SNS::Topic',
  'AWS::SecretsManager::Secret',
  'AWS::Serverless::StateMachine',
  'AWS::StepFunctions::StateMachine',
]);

const arnAttributes = new Set([
  'AWS::IAM::ManagedPolicy.PolicyArn',
  'AWS::Kinesis::StreamConsumer.ConsumerARN',
  'AWS::SNS::Topic.TopicArn',
]);

const nameAttributes = new Set(['QueueName', 'TopicName', 'Name', 'RoleName', 'FunctionName']);
