import {entry} from '../../model/entry.ts';
import type {BucketNotification, Trigger, TriggerKind} from '../../model/lambda-function.ts';
import {nameInArn} from '../../model/name-in-arn.ts';
import {isUnresolved} from '../../model/resolvable.ts';
import {isPing} from '../is-ping.ts';
import {isAsynchronous, kindsOfPrincipals} from '../trigger-kinds.ts';
import type {Environment} from './intrinsics.ts';
import {arnOfResource} from './references.ts';
import type {TemplateResource} from './resources.ts';
import {isSqsSubscription} from './sqs-subscriptions.ts';
import type {Value} from './value.ts';

/** Who invokes a function, as far as the template says: SAM's events, and the resources that name it as their target. */
export function readTriggers(
  fn: TemplateResource,
  resources: readonly TemplateResource[],
  environment: Environment,
): readonly Trigger[] {
  const arn = arnOfResource(fn.logicalId, environment);
  const rules = resources
    .filter(({type, property}) => type === 'AWS::Events::Rule' && property('Targets').items().some(isFor(arn)))
    .map(({logicalId}) => arnOfResource(logicalId, environment));
  // The rule says what it sends; its permission would be another trigger, of which that is not known.
  const others = resources.filter(
    ({type, property}) => type !== 'AWS::Lambda::Permission' || !isOneOf(rules, property('SourceArn').text()),
  );
  const targeting = others.flatMap(resource =>
    targetsIn(resource, environment).flatMap(target =>
      names(target.target, arn) ? [trigger(resource, target, arn)] : [],
    ),
  );
  return [...samEvents(fn), ...functionUrl(fn), ...targeting.filter(found => found !== undefined)];
}

function isFor(arn: string): (target: Value) => boolean {
  return target => names(target.at('Arn'), arn);
}

function isOneOf(arns: readonly string[], arn: unknown): boolean {
  return typeof arn === 'string' && arns.includes(arn);
}

function samEvents(fn: TemplateResource): readonly Trigger[] {
  if (fn.type !== 'AWS::Serverless::Function') return [];
  return fn
    .property('Events')
    .entries()
    .flatMap(([, event]) => {
      const kind = kindsOfSamEvents[String(event.at('Type').text())];
      const properties = event.at('Properties');
      const {origin} = event;
      if (kind === undefined || isSqsSubscription(event)) return [];
      const bucket =
        kind === 'bucket'
          ? {notification: notificationOf(properties.at('Bucket'), rulesOf(properties.at('Filter')))}
          : {};
      const asynchronous = isAsynchronous(kind);
      const waits = kind === 'api' ? patience(properties) : {};
      return [{kind, asynchronous, ...ping(properties.at('Input')), ...samTarget(fn), ...waits, ...bucket, origin}];
    });
}

/**
 * An integration that streams lasts up to 15 minutes; the time that others are given is more than 29 seconds where the
 * account has such a quota.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html
 */
function patience(integration: Value): Pick<Trigger, 'waits'> {
  const given = integration.at('TimeoutInMillis').number();
  if (given !== undefined) return {waits: isUnresolved(given) ? given : given / 1000};
  return integration.at('ResponseTransferMode').text() === 'STREAM' ? {waits: 900} : {};
}

/** With AutoPublishAlias what SAM adds invokes the alias. */
function samTarget(fn: TemplateResource): Pick<Trigger, 'unqualified'> {
  return fn.property('AutoPublishAlias').exists ? {} : {unqualified: true};
}

function notificationOf(bucket: Value, rules: readonly Value[]): BucketNotification {
  const name = bucket.text() ?? '';
  return {bucketArn: isUnresolved(name) ? name : `arn:aws:s3:::${name}`, ...filterOf(rules)};
}

function rulesOf(filter: Value): readonly Value[] {
  return filter.at('S3Key').at('Rules').items();
}

function filterOf(rules: readonly Value[]): Omit<BucketNotification, 'bucketArn'> {
  const rule = (wanted: string) =>
    rules
      .find(each => String(each.at('Name').text()).toLowerCase() === wanted)
      ?.at('Value')
      .text();
  const [prefix, suffix] = [rule('prefix'), rule('suffix')];
  return {
    ...(prefix === undefined ? {} : {prefix}),
    ...(suffix === undefined ? {} : {suffix}),
  };
}

function functionUrl(fn: TemplateResource): readonly Trigger[] {
  const url = fn.property('FunctionUrlConfig');
  return url.exists ? [{kind: 'function-url', asynchronous: false, ...samTarget(fn), origin: url.origin}] : [];
}

const kindsOfSamEvents: Readonly<Record<string, TriggerKind>> = {
  Api: 'api',
  HttpApi: 'api',
  CloudWatchEvent: 'event-rule',
  EventBridgeRule: 'event-rule',
  CloudWatchLogs: 'log-subscription',
  Cognito: 'user-pool',
  IoTRule: 'iot-rule',
  S3: 'bucket',
  SNS: 'topic',
  Schedule: 'schedule',
  ScheduleV2: 'schedule',
};

function trigger(
  {type, properties, origin}: TemplateResource,
  {target, input, notification, asynchronous}: Target,
  arn: string,
): Trigger | undefined {
  const kind = type === 'AWS::Lambda::Permission' ? kindOfPrincipal(properties) : entry(kindsOfResources, type);
  if (kind === undefined) return undefined;
  return {
    kind,
    asynchronous: asynchronous ?? isAsynchronous(kind),
    ...ping(input),
    ...(type === 'AWS::ApiGateway::Method' ? patience(properties.at('Integration')) : {}),
    ...(isUnqualified(target.text(), arn) && !properties.at('Qualifier').exists ? {unqualified: true} : {}),
    ...(notification === undefined ? {} : {notification}),
    origin,
  };
}

function isUnqualified(target: unknown, arn: string): boolean {
  return typeof target === 'string' && (!target.includes(arn) || target === arn || target.includes(`${arn}/`));
}

function ping(input: Value | undefined): Pick<Trigger, 'keepsWarm'> {
  const text = input?.text();
  return typeof text === 'string' && isPing(text) ? {keepsWarm: true} : {};
}

const kindsOfResources: Readonly<Record<string, TriggerKind>> = {
  'AWS::ApiGateway::Method': 'api',
  'AWS::ApiGateway::RestApi': 'api',
  'AWS::ApiGatewayV2::Integration': 'api',
  'AWS::Events::Rule': 'event-rule',
  'AWS::IoT::TopicRule': 'iot-rule',
  'AWS::Lambda::Url': 'function-url',
  'AWS::Logs::SubscriptionFilter': 'log-subscription',
  'AWS::S3::Bucket': 'bucket',
  'AWS::SES::ReceiptRule': 'email-receipt',
  'AWS::SNS::Subscription': 'topic',
  'AWS::SNS::Topic': 'topic',
  'AWS::Scheduler::Schedule': 'schedule',
  'AWS::Serverless::Api': 'api',
  'Custom::S3BucketNotifications': 'bucket',
};

function kindOfPrincipal(permission: Value): TriggerKind | undefined {
  return entry(kindsOfPrincipals, String(permission.at('Principal').text()));
}

interface Target {
  readonly target: Value;
  /** The event, where the target says what it is. */
  readonly input?: Value;
  readonly notification?: BucketNotification;
  /** Where the resource says so, and not its type. */
  readonly asynchronous?: boolean;
}

/** What a resource invokes, as far as that may be functions. */
function targetsIn(resource: TemplateResource, environment: Environment): readonly Target[] {
  const {type, property, logicalId} = resource;
  const withInput = (target: Value): Target => ({target: target.at('Arn'), input: target.at('Input')});
  if (type === 'AWS::Events::Rule') return property('Targets').items().map(withInput);
  if (type === 'AWS::Scheduler::Schedule') return [withInput(property('Target'))];
  if (type === 'AWS::S3::Bucket')
    return property('NotificationConfiguration')
      .at('LambdaConfigurations')
      .items()
      .map(to => ({
        target: to.at('Function'),
        notification: {...filterOf(rulesOf(to.at('Filter'))), bucketArn: arnOfResource(logicalId, environment)},
      }));
  if (type === 'AWS::ApiGateway::Method') {
    const integration = property('Integration');
    return [{target: integration.at('Uri'), asynchronous: sendsEvents(integration.at('RequestParameters'))}];
  }
  // Who else is behind an API shows by its permission.
  if (type === 'AWS::Serverless::Api' || type === 'AWS::ApiGateway::RestApi')
    return integrationsIn(property(type === 'AWS::Serverless::Api' ? 'DefinitionBody' : 'Body'))
      .filter(integration => sendsEvents(integration.at('requestParameters')))
      .map(integration => ({target: integration.at('uri'), asynchronous: true}));
  // The CDK hands this to the S3 API as it stands, by a function of its own.
  if (type === 'Custom::S3BucketNotifications')
    return property('NotificationConfiguration')
      .at('LambdaFunctionConfigurations')
      .items()
      .map(to => ({
        target: to.at('LambdaFunctionArn'),
        notification: notificationOf(property('BucketName'), to.at('Filter').at('Key').at('FilterRules').items()),
      }));
  return namesIn(resource).map(target => ({target}));
}

function integrationsIn(definition: Value): readonly Value[] {
  return definition
    .at('paths')
    .entries()
    .flatMap(([, path]) => path.entries().map(([, operation]) => operation.at('x-amazon-apigateway-integration')));
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-integration-async.html */
function sendsEvents(parameters: Value): boolean {
  return parameters.at('integration.request.header.X-Amz-Invocation-Type').text() === "'Event'";
}

function namesIn({type, property}: TemplateResource): readonly Value[] {
  switch (type) {
    case 'AWS::Lambda::Permission':
      return [property('FunctionName')];
    case 'AWS::SNS::Subscription':
      return [property('Endpoint')];
    case 'AWS::SNS::Topic':
      return property('Subscription')
        .items()
        .map(subscription => subscription.at('Endpoint'));
    case 'AWS::Logs::SubscriptionFilter':
      return [property('DestinationArn')];
    case 'AWS::IoT::TopicRule':
      return property('TopicRulePayload')
        .at('Actions')
        .items()
        .map(action => action.at('Lambda').at('FunctionArn'));
    case 'AWS::SES::ReceiptRule':
      return property('Rule')
        .at('Actions')
        .items()
        .map(action => action.at('LambdaAction').at('FunctionArn'));
    case 'AWS::ApiGatewayV2::Integration':
      return [property('IntegrationUri')];
    case 'AWS::Lambda::Url':
      return [property('TargetFunctionArn')];
    default:
      return [];
  }
}

/** By ARN, with or without a qualifier or inside an integration's URI; or, in a permission, by name. */
function names(target: Value, arn: string): boolean {
  const text = target.exists ? target.text() : undefined;
  if (typeof text !== 'string') return false;
  return text === nameInArn(arn) || text === arn || text.includes(`${arn}/`) || text.startsWith(`${arn}:`);
}
