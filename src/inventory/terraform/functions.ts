import {asText} from '../../model/as-text.ts';
import {isObject} from '../../model/is-object.ts';
import type {Attribute} from './attribute.ts';
import {linkTo, nameText} from './links.ts';
import {
  destinationTypes,
  emptyIsAbsent,
  functionLink,
  inBlock,
  link,
  type Translate,
  type Translation,
} from './translation.ts';

export const lambdaFunction: Translate = translation => {
  const {attributes} = translation;
  const plain = (name: string) => attributes.at(name).plain();
  const block = (name: string) => attributes.block(name);
  return {
    type: 'AWS::Lambda::Function',
    properties: {
      FunctionName: plain('function_name'),
      PackageType: plain('package_type'),
      Code: code(attributes),
      Handler: emptyIsAbsent(plain('handler')),
      Runtime: emptyIsAbsent(plain('runtime')),
      Architectures: plain('architectures'),
      Timeout: plain('timeout'),
      MemorySize: plain('memory_size'),
      EphemeralStorage: inBlock(block('ephemeral_storage'), storage => ({Size: storage.at('size').plain()})),
      ReservedConcurrentExecutions: reserved(plain('reserved_concurrent_executions')),
      Role: link(translation, 'role', 'aws_iam_role'),
      Layers: attributes.at('layers').items().map(nameText),
      VpcConfig: inBlock(block('vpc_config'), vpc => ({
        SubnetIds: names(vpc.at('subnet_ids')),
        SecurityGroupIds: names(vpc.at('security_group_ids')),
      })),
      DeadLetterConfig: inBlock(block('dead_letter_config'), config => ({
        TargetArn: linkTo(config.at('target_arn'), destinationTypes, translation.resources, translation.resource),
      })),
      Environment: inBlock(block('environment'), environment => ({
        Variables: variables(environment.at('variables'), translation),
      })),
      SnapStart: inBlock(block('snap_start'), snap => ({ApplyOn: snap.at('apply_on').plain()})),
      TracingConfig: inBlock(block('tracing_config'), tracing => ({Mode: tracing.at('mode').plain()})),
      LoggingConfig: inBlock(block('logging_config'), logging => ({
        ...logGroupOf(logging),
        SystemLogLevel: logLevel(logging.at('system_log_level')),
      })),
      FileSystemConfigs: attributes
        .at('file_system_config')
        .items()
        .map(config => ({Arn: nameText(config.at('arn'))})),
      Tags: tags(attributes),
    },
  };
};

function code(attributes: Attribute): unknown {
  const image = attributes.at('image_uri');
  if (image.isUnknown || (typeof image.value === 'string' && image.value !== '')) return {ImageUri: nameText(image)};
  const bucket = attributes.at('s3_bucket');
  if (bucket.isUnknown || typeof bucket.value === 'string')
    return {S3Bucket: nameText(bucket), S3Key: nameText(attributes.at('s3_key'))};
  return attributes.at('filename').plain();
}

/** -1 is how the provider says that nothing is reserved. */
function reserved(value: unknown): unknown {
  return value === -1 ? undefined : value;
}

/** What is not configured there is left to Lambda. */
function logLevel(level: Attribute): unknown {
  return level.isUnknown ? undefined : emptyIsAbsent(level.plain());
}

function logGroupOf(logging: Attribute): Readonly<Record<string, unknown>> {
  const group = logging.at('log_group');
  // What is not configured there is left to Lambda.
  const named = group.isUnknown && group.references.targets.length === 0 && group.references.lost.length === 0;
  return {LogGroup: named ? undefined : emptyIsAbsent(nameReference(group))};
}

function nameReference(value: Attribute): unknown {
  const [target] = value.references.targets;
  return value.isUnknown && target !== undefined ? {Ref: target.resource.address} : value.plain();
}

/** Sets of ids: of those that are made by the same plan, the configuration tells which. */
function names(list: Attribute): unknown {
  const {targets, lost} = list.references;
  const known = list.isUnknown ? [] : list.items().flatMap(item => (item.isUnknown ? [] : [item.value]));
  const open = list.isUnknown || list.items().length > known.length;
  if (!open) return known;
  const exact = targets.length > 0 && lost.length === 0 && targets.every(({attribute}) => attribute === 'id');
  return exact ? [...known, ...targets.map(({resource}) => `\${${resource.address}}`)] : list.reason();
}

/** Endpoints of databases show why a function is in a VPC. */
function variables(all: Attribute, {resources}: Translation): unknown {
  if (all.isUnknown) return nameText(all);
  if (!isObject(all.plain())) return undefined;
  const databases = resources.all.filter(({mode}) => mode === 'managed');
  return Object.fromEntries(
    Object.keys(all.plain() as object).map(name => {
      const value = all.at(name);
      if (value.isUnknown) return [name, nameText(value)];
      const reached = databases.filter(database =>
        endpoints(database.values).some(each => asText(value.value).includes(each)),
      );
      return [name, [asText(value.value), ...reached.map(({address}) => `\${${address}}`)].join(' ').trim()];
    }),
  );
}

function endpoints(values: Readonly<Record<string, unknown>>): readonly string[] {
  return [
    'endpoint',
    'address',
    'primary_endpoint_address',
    'configuration_endpoint',
    'cluster_address',
    'bootstrap_brokers',
  ]
    .map(name => values[name])
    .filter(value => typeof value === 'string' && value !== '') as string[];
}

function tags(attributes: Attribute): unknown {
  const all = attributes.at('tags_all').plain() ?? attributes.at('tags').plain();
  if (!isObject(all)) return undefined;
  return Object.entries(all).map(([Key, Value]) => ({Key, Value}));
}

export const alias: Translate = translation => ({
  type: 'AWS::Lambda::Alias',
  properties: {
    FunctionName: functionLink(translation, 'function_name'),
    Name: translation.attributes.at('name').plain(),
    FunctionVersion: translation.attributes.at('function_version').plain(),
    ProvisionedConcurrencyConfig: undefined,
  },
});

export const provisionedConcurrency: Translate = translation => ({
  type: 'AWS::Lambda::Version',
  properties: {
    FunctionName: functionLink(translation, 'function_name'),
    ProvisionedConcurrencyConfig: {
      ProvisionedConcurrentExecutions: translation.attributes.at('provisioned_concurrent_executions').plain(),
    },
  },
});

export const eventInvokeConfig: Translate = translation => {
  const {attributes, resources, resource} = translation;
  const onFailure = attributes.block('destination_config')?.block('on_failure');
  return {
    type: 'AWS::Lambda::EventInvokeConfig',
    properties: {
      FunctionName: functionLink(translation, 'function_name'),
      Qualifier: emptyIsAbsent(attributes.at('qualifier').plain()),
      MaximumRetryAttempts: attributes.at('maximum_retry_attempts').plain(),
      MaximumEventAgeInSeconds: attributes.at('maximum_event_age_in_seconds').plain(),
      DestinationConfig: inBlock(onFailure, config => ({
        OnFailure: {Destination: linkTo(config.at('destination'), destinationTypes, resources, resource)},
      })),
    },
  };
};

export const eventSourceMapping: Translate = translation => {
  const {attributes, resources, resource} = translation;
  const plain = (name: string) => attributes.at(name).plain();
  const onFailure = attributes.block('destination_config')?.block('on_failure');
  return {
    type: 'AWS::Lambda::EventSourceMapping',
    properties: {
      FunctionName: functionLink(translation, 'function_name'),
      EventSourceArn: link(translation, 'event_source_arn', ...sourceTypes),
      Enabled: plain('enabled'),
      BatchSize: plain('batch_size'),
      MaximumBatchingWindowInSeconds: plain('maximum_batching_window_in_seconds'),
      FunctionResponseTypes: plain('function_response_types'),
      MaximumRetryAttempts: plain('maximum_retry_attempts'),
      MaximumRecordAgeInSeconds: plain('maximum_record_age_in_seconds'),
      BisectBatchOnFunctionError: plain('bisect_batch_on_function_error'),
      ParallelizationFactor: plain('parallelization_factor'),
      ScalingConfig: inBlock(attributes.block('scaling_config'), scaling => ({
        MaximumConcurrency: scaling.at('maximum_concurrency').plain(),
      })),
      SelfManagedEventSource: attributes.block('self_managed_event_source')?.plain(),
      DestinationConfig: inBlock(onFailure, config => ({
        OnFailure: {Destination: linkTo(config.at('destination_arn'), destinationTypes, resources, resource)},
      })),
    },
  };
};

const sourceTypes = [
  'aws_sqs_queue',
  'aws_dynamodb_table',
  'aws_kinesis_stream',
  'aws_msk_cluster',
  'aws_msk_serverless_cluster',
  'aws_mq_broker',
  'aws_docdb_cluster',
];
