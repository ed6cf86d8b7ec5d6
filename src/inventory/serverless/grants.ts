import {entry} from '../../model/entry.ts';
import type {Origin} from '../../model/origin.ts';
import {at, build, type ConfigNode, itemsOf, textOf} from './config-node.ts';
import type {Service, ServiceEvent, ServiceFunction} from './service.ts';

/**
 * The statements that the framework adds to a role because of a function's events and settings, less the actions in them
 * that know no resource and are given one: ListStreams, ListQueues and GetBootstrapBrokers grant nothing there, and
 * nobody can change it.
 */
export function grantsOf(fn: ServiceFunction, service: Service): readonly ConfigNode[] {
  return [...fn.events.flatMap(eventGrants), ...settingGrants(fn, service)];
}

function allow(actions: readonly string[], resource: unknown, origin: Origin): ConfigNode {
  return build({Effect: 'Allow', Action: actions, Resource: resource}, origin);
}

function eventGrants({type, config, origin}: ServiceEvent): readonly ConfigNode[] {
  const arn = at(config, 'arn') ?? config;
  switch (type) {
    case 'sqs':
      return [allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], [arn], origin)];
    case 'stream':
      return streamGrants(config, arn, origin);
    case 'websocket':
      return [
        allow(
          ['execute-api:ManageConnections'],
          [{'Fn::Sub': `arn:\${AWS::Partition}:execute-api:*:*:*/@connections/*`}],
          origin,
        ),
      ];
    case 'msk':
      return [allow(['kafka:DescribeCluster'], [arn], origin), networkInterfaces(origin)];
    case 'activemq':
    case 'rabbitmq':
      return [
        ...secrets([at(config, 'basicAuthArn')], origin),
        allow(['mq:DescribeBroker'], [arn], origin),
        networkInterfaces(origin),
      ];
    case 'kafka':
      return kafkaGrants(config, origin);
    default:
      return [];
  }
}

function streamGrants(config: ConfigNode, arn: ConfigNode, origin: Origin): readonly ConfigNode[] {
  const consumer = at(config, 'consumer');
  const reading =
    streamType(config) === 'dynamodb'
      ? ['dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:DescribeStream', 'dynamodb:ListStreams']
      : consumer === undefined
        ? ['kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:DescribeStream']
        : ['kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:DescribeStreamSummary', 'kinesis:ListShards'];
  const subscribing = consumer !== undefined && textOf(consumer) !== 'true';
  const onFailure = at(config, 'destinations', 'onFailure');
  const target = at(onFailure, 'arn') ?? onFailure;
  return [
    allow(reading, [arn], origin),
    ...(subscribing ? [allow(['kinesis:SubscribeToShard'], [consumer], consumer.origin)] : []),
    ...(target === undefined || onFailure === undefined
      ? []
      : [
          (textOf(at(onFailure, 'type')) ?? textOf(target)?.split(':')[2]) === 'sns'
            ? allow(['sns:Publish'], [target], onFailure.origin)
            : allow(['sqs:SendMessage'], [target], onFailure.origin),
        ]),
  ];
}

export function streamType(config: ConfigNode): string | undefined {
  return textOf(at(config, 'type')) ?? textOf(at(config, 'arn') ?? config)?.split(':')[2];
}

function kafkaGrants(config: ConfigNode, origin: Origin): readonly ConfigNode[] {
  const access = at(config, 'accessConfigurations');
  const networked = at(access, 'vpcSubnet') !== undefined || at(access, 'vpcSecurityGroup') !== undefined;
  const kinds = [
    'saslPlainAuth',
    'saslScram256Auth',
    'saslScram512Auth',
    'clientCertificateTlsAuth',
    'serverRootCaCertificate',
  ];
  return [
    ...secrets(
      kinds.flatMap(kind => itemsOf(at(access, kind))),
      origin,
    ),
    ...(networked ? [networkInterfaces(origin)] : []),
  ];
}

function secrets(arns: readonly (ConfigNode | undefined)[], origin: Origin): readonly ConfigNode[] {
  const known = arns.filter(arn => arn !== undefined);
  return known.length === 0 ? [] : [allow(['secretsmanager:GetSecretValue'], known, origin)];
}

function networkInterfaces(origin: Origin): ConfigNode {
  const actions = [
    'ec2:CreateNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeVpcs',
    'ec2:DeleteNetworkInterface',
    'ec2:DescribeSubnets',
    'ec2:DescribeSecurityGroups',
  ];
  return allow(actions, '*', origin);
}

function settingGrants({config}: ServiceFunction, service: Service): readonly ConfigNode[] {
  const {provider} = service;
  const onError = at(config, 'onError');
  const tracing = at(config, 'tracing') ?? at(provider, 'tracing', 'lambda');
  const key = at(config, 'kmsKeyArn') ?? at(provider, 'kmsKeyArn');
  const fileSystem = at(config, 'fileSystemConfig', 'arn');
  return [
    ...(textOf(onError) === undefined ? [] : [allow(['sns:Publish'], [onError], onError!.origin)]),
    ...(tracing === undefined || textOf(tracing) === 'false'
      ? []
      : [allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], ['*'], tracing.origin)]),
    ...(textOf(key) === undefined ? [] : [allow(['kms:Decrypt'], [key], key!.origin)]),
    ...(fileSystem === undefined
      ? []
      : [allow(['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'], [fileSystem], fileSystem.origin)]),
    ...['onSuccess', 'onFailure'].flatMap(name => destinationGrant(at(config, 'destinations', name), service)),
  ];
}

const actionsOfDestinations: Readonly<Record<string, string>> = {
  function: 'lambda:InvokeFunction',
  sqs: 'sqs:SendMessage',
  sns: 'sns:Publish',
  eventBus: 'events:PutEvents',
};

function destinationGrant(destination: ConfigNode | undefined, service: Service): readonly ConfigNode[] {
  if (destination === undefined) return [];
  const {origin} = destination;
  const text = textOf(destination);
  const type = textOf(at(destination, 'type')) ?? (text === undefined ? undefined : destinationType(text));
  const action = type === undefined ? undefined : entry(actionsOfDestinations, type);
  if (action === undefined) {
    service.note({rule: 'iam/*', resource: '', reason: 'what a destination is, is not known', origin});
    return [];
  }
  return [allow([action], [destinationArn(destination, service)], origin)];
}

function destinationType(text: string): string {
  if (text.includes(':sqs:')) return 'sqs';
  if (text.includes(':sns:')) return 'sns';
  return text.includes(':event-bus/') ? 'eventBus' : 'function';
}

/** An ARN, or the key of a function of this service. */
export function destinationArn(destination: ConfigNode, {functions}: Service): unknown {
  const text = textOf(destination);
  const target = functions.find(({key}) => key === text);
  if (target === undefined) return at(destination, 'arn') ?? destination;
  return {'Fn::Sub': `arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:${target.name}`};
}
