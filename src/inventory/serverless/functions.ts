import {existsSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {unresolved} from '../../model/resolvable.ts';
import {sourceFolderKey} from '../template/handler-work.ts';
import {at, build, type ConfigNode, entriesOf, isNull, isTrue, merge, textOf} from './config-node.ts';
import {destinationArn} from './grants.ts';
import type {Service, ServiceFunction} from './service.ts';
import {targetAlias, targetArn} from './target-alias.ts';

/** The function, its log group, and what belongs to it whatever invokes it. */
export function functionResources(
  fn: ServiceFunction,
  service: Service,
  role: ConfigNode,
  file: string,
): Readonly<Record<string, ConfigNode>> {
  const {config, id, logicalId, name, origin} = fn;
  const {provider} = service;
  const setting = (key: string) => at(config, key) ?? at(provider, key);
  const image = at(config, 'image');
  const retention = setting('logRetentionInDays');
  const resources: Record<string, unknown> = {
    [logicalId]: {
      Type: 'AWS::Lambda::Function',
      Metadata: artifactOf(fn, service) === undefined ? {[sourceFolderKey]: '.'} : undefined,
      Condition: at(config, 'condition'),
      Properties: {
        FunctionName: at(config, 'name') ?? name,
        ...(image === undefined
          ? {
              Handler: at(config, 'handler'),
              Runtime: setting('runtime') ?? defaultRuntime(fn),
              Code: codeOf(fn, service, file),
            }
          : {PackageType: 'Image'}),
        Architectures: setting('architecture') === undefined ? undefined : [setting('architecture')],
        MemorySize: setting('memorySize') ?? 1024,
        Timeout: setting('timeout') ?? 6,
        Role: role,
        Layers: setting('layers'),
        VpcConfig: vpcConfig(fn, service),
        Environment: environment(fn, service),
        Tags: tags(fn, service),
        TracingConfig: tracing(fn, service),
        KmsKeyArn: setting('kmsKeyArn'),
        DeadLetterConfig: at(config, 'onError') === undefined ? undefined : {TargetArn: at(config, 'onError')},
        FileSystemConfigs: fileSystem(config),
        SnapStart: isTrue(at(config, 'snapStart')) ? {ApplyOn: 'PublishedVersions'} : undefined,
        LoggingConfig: loggingConfig(fn, service),
      },
    },
    [`${id}LogGroup`]: isTrue(at(config, 'disableLogs'))
      ? undefined
      : {
          Type: 'AWS::Logs::LogGroup',
          Properties: {LogGroupName: `/aws/lambda/${name}`, RetentionInDays: retention},
        },
    ...alias(fn),
    [`${id}LambdaEvConf`]: invokeConfig(fn, service),
    [`${id}LambdaFunctionUrl`]: url(fn),
  };
  return Object.fromEntries(
    Object.entries(resources).flatMap(([key, value]) => (value === undefined ? [] : [[key, build(value, origin)]])),
  );
}

function defaultRuntime({config}: ServiceFunction): ConfigNode {
  const reason =
    'neither the function nor the provider sets it, and the default depends on the version of the framework';
  return {node: 'unknown', unresolved: unresolved('the runtime', reason), origin: config.origin};
}

/** The archive that the configuration names, or the one that the framework leaves when it packages. */
function codeOf(fn: ServiceFunction, service: Service, file: string): unknown {
  const own = artifactOf(fn, service);
  if (own !== undefined) return own;
  const {key, config} = fn;
  const individually = isTrue(at(config, 'package', 'individually') ?? at(service.config, 'package', 'individually'));
  const built = [`.serverless/${key}.zip`, `.serverless/${service.name}.zip`];
  return built.find(path => existsSync(join(dirname(file), path))) ?? built[individually ? 0 : 1];
}

function artifactOf({config}: ServiceFunction, service: Service): ConfigNode | undefined {
  return at(config, 'package', 'artifact') ?? at(service.config, 'package', 'artifact');
}

function vpcConfig({config}: ServiceFunction, {provider}: Service): unknown {
  // `vpc: ~` takes the function out of the VPC of the provider.
  if (isNull(config, 'vpc')) return undefined;
  const own = at(config, 'vpc');
  const shared = at(provider, 'vpc');
  if (own?.node === 'unknown') return own;
  if (shared?.node === 'unknown') return shared;
  const securityGroups = at(own, 'securityGroupIds') ?? at(shared, 'securityGroupIds');
  const subnets = at(own, 'subnetIds') ?? at(shared, 'subnetIds');
  if (securityGroups === undefined || subnets === undefined) return undefined;
  return build({SecurityGroupIds: securityGroups, SubnetIds: subnets}, (own ?? shared ?? config).origin);
}

function environment({config}: ServiceFunction, {provider}: Service): unknown {
  const own = at(config, 'environment');
  const shared = at(provider, 'environment');
  const all = own === undefined ? shared : merge(shared, own);
  return all === undefined ? undefined : {Variables: all};
}

function tags({config}: ServiceFunction, {provider}: Service): unknown {
  const own = at(config, 'tags');
  const all = own === undefined ? at(provider, 'tags') : merge(at(provider, 'tags'), own);
  return all?.node === 'map' ? entriesOf(all).map(([Key, Value]) => ({Key, Value})) : all;
}

function tracing({config}: ServiceFunction, {provider}: Service): unknown {
  const mode = at(config, 'tracing') ?? at(provider, 'tracing', 'lambda');
  if (mode === undefined || textOf(mode) === 'false') return undefined;
  return build({Mode: isTrue(mode) ? 'Active' : mode}, mode.origin);
}

function fileSystem(config: ConfigNode): unknown {
  const settings = at(config, 'fileSystemConfig');
  return settings === undefined
    ? undefined
    : [{Arn: at(settings, 'arn'), LocalMountPath: at(settings, 'localMountPath')}];
}

function loggingConfig({config}: ServiceFunction, {provider}: Service): unknown {
  const group = at(config, 'logs', 'logGroup') ?? at(provider, 'logs', 'lambda', 'logGroup');
  return group === undefined ? undefined : {LogGroup: group};
}

function alias(fn: ServiceFunction): Readonly<Record<string, unknown>> {
  const {config, id, logicalId} = fn;
  const name = targetAlias(fn);
  if (name === undefined) return {};
  const settings = at(config, 'provisionedConcurrency');
  const count = at(settings, 'executions') ?? settings;
  const of = {FunctionName: {Ref: logicalId}};
  const provisioned =
    name === 'provisioned' ? {ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: count}} : {};
  return {
    [`${id}LambdaVersion`]: {Type: 'AWS::Lambda::Version', Properties: of},
    [`${id}LambdaAlias`]: {Type: 'AWS::Lambda::Alias', Properties: {...of, Name: name, ...provisioned}},
  };
}

function invokeConfig({config, logicalId}: ServiceFunction, service: Service): unknown {
  const destinations = at(config, 'destinations');
  if (destinations === undefined) return undefined;
  const to = (name: string) => {
    const destination = at(destinations, name);
    return destination === undefined ? undefined : {Destination: destinationArn(destination, service)};
  };
  return build(
    {
      Type: 'AWS::Lambda::EventInvokeConfig',
      Properties: {
        FunctionName: {Ref: logicalId},
        Qualifier: '$LATEST',
        DestinationConfig: {OnSuccess: to('onSuccess'), OnFailure: to('onFailure')},
      },
    },
    destinations.origin,
  );
}

function url(fn: ServiceFunction): unknown {
  const {config} = fn;
  const settings = at(config, 'url');
  if (settings === undefined || textOf(settings) === 'false') return undefined;
  const AuthType = textOf(at(settings, 'authorizer')) === 'aws_iam' ? 'AWS_IAM' : 'NONE';
  return build({Type: 'AWS::Lambda::Url', Properties: {AuthType, TargetFunctionArn: targetArn(fn)}}, settings.origin);
}
