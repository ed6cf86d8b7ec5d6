import {entry} from '../../model/entry.ts';
import {at, build, type ConfigNode, entriesOf, itemsOf, textOf} from './config-node.ts';
import {alphanumeric} from './naming.ts';
import type {Service, ServiceEvent, ServiceFunction} from './service.ts';
import {targetArn} from './target-alias.ts';

type Resources = Readonly<Record<string, unknown>>;

interface Invocation {
  readonly event: ServiceEvent;
  readonly fn: ServiceFunction;
  readonly service: Service;
}

/** What an event that somebody sends becomes; undefined when gear does not know it. */
export function invokingResources(
  event: ServiceEvent,
  fn: ServiceFunction,
  service: Service,
): Readonly<Record<string, ConfigNode>> | undefined {
  const compile = entry(compilers, event.type);
  if (compile === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(compile({event, fn, service})).map(([id, resource]) => [id, build(resource, event.origin)]),
  );
}

function permission({fn}: Invocation, title: string, principal: string, source: Source = {}): Resources {
  return {
    [`${fn.id}LambdaPermission${title}`]: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        FunctionName: targetArn(fn),
        Action: 'lambda:InvokeFunction',
        Principal: principal,
        ...source,
      },
    },
  };
}

interface Source {
  readonly EventSourceToken?: unknown;
  readonly SourceArn?: unknown;
  readonly SourceAccount?: unknown;
}

function executeApi(api: string) {
  return {'Fn::Sub': `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${${api}}/*`};
}

function rule({event, fn}: Invocation, properties: Readonly<Record<string, unknown>>, suffix = ''): Resources {
  const {config} = event;
  const target = {Arn: targetArn(fn), Id: `${fn.key}${event.number}`, Input: inputOf(config)};
  return {
    [`${fn.id}EventsRule${alphanumeric(event.type)}${event.number}${suffix}`]: {
      Type: 'AWS::Events::Rule',
      Properties: {...properties, State: stateOf(config), Targets: [target]},
    },
  };
}

function stateOf(config: ConfigNode): string {
  return textOf(at(config, 'enabled')) === 'false' ? 'DISABLED' : 'ENABLED';
}

/** The framework takes text, or values that it writes as JSON. */
function inputOf(config: ConfigNode): unknown {
  const input = at(config, 'input');
  return input?.node === 'map' ? JSON.stringify(plain(input)) : input;
}

function plain(node: ConfigNode): unknown {
  switch (node.node) {
    case 'map':
      return Object.fromEntries(entriesOf(node).map(([key, value]) => [key, plain(value)]));
    case 'list':
      return node.items.map(plain);
    case 'scalar':
      return node.value;
    case 'unknown':
      return node.unresolved.text;
  }
}

function schedules(invocation: Invocation): Resources {
  const {event, fn} = invocation;
  const {config} = event;
  const rates = itemsOf(at(config, 'rate') ?? config);
  const byScheduler = textOf(at(config, 'method')) === 'scheduler';
  return Object.assign(
    {},
    ...rates.map((rate, index) => {
      const suffix = index === 0 ? '' : `n${index + 1}`;
      if (!byScheduler) return rule(invocation, {ScheduleExpression: rate}, suffix);
      const Target = {Arn: targetArn(fn), Input: inputOf(config)};
      return {
        [`${fn.id}EventsSchedule${event.number}${suffix}`]: {
          Type: 'AWS::Scheduler::Schedule',
          Properties: {ScheduleExpression: rate, State: stateOf(config), Target},
        },
      };
    }),
  );
}

/** A topic that is there already is subscribed to; a name alone makes one. */
function topic({event, fn}: Invocation): Resources {
  const {config} = event;
  const arn = at(config, 'arn') ?? (textOf(config)?.startsWith('arn:') || config.node === 'map' ? config : undefined);
  const name = at(config, 'topicName') ?? config;
  const title = alphanumeric(textOf(name) ?? String(event.number));
  const Endpoint = targetArn(fn);
  const subscription = (TopicArn: unknown) => ({
    [`${fn.id}SnsSubscription${title}`]: {
      Type: 'AWS::SNS::Subscription',
      Properties: {Protocol: 'lambda', Endpoint, TopicArn},
    },
  });
  const existing = at(config, 'arn') ?? (at(config, 'topicName') === undefined ? arn : undefined);
  if (existing !== undefined) return subscription(existing);
  const id = `SNSTopic${title}`;
  return {[id]: {Type: 'AWS::SNS::Topic', Properties: {TopicName: name}}, ...subscription({Ref: id})};
}

function bucket(invocation: Invocation): Resources {
  const {config, number} = invocation.event;
  const name = at(config, 'bucket') ?? config;
  const text = textOf(name);
  const title = alphanumeric(text ?? String(number));
  const isExisting = textOf(at(config, 'existing')) === 'true' || text === undefined;
  const source = {
    SourceArn: text === undefined ? undefined : `arn:aws:s3:::${text}`,
    SourceAccount: {Ref: 'AWS::AccountId'},
  };
  const made = {[`S3Bucket${title}`]: {Type: 'AWS::S3::Bucket', Properties: {BucketName: name}}};
  return {...(isExisting ? {} : made), ...permission(invocation, `${title}S3`, 's3.amazonaws.com', source)};
}

function filter({event, fn}: Invocation): Resources {
  const groups = itemsOf(at(event.config, 'logGroup') ?? event.config);
  const DestinationArn = targetArn(fn);
  return Object.fromEntries(
    groups.map((LogGroupName, index) => [
      `${fn.id}LogsSubscriptionFilterCloudWatchLog${event.number}${index === 0 ? '' : `n${index + 1}`}`,
      {Type: 'AWS::Logs::SubscriptionFilter', Properties: {DestinationArn, LogGroupName}},
    ]),
  );
}

function iotRule({event, fn}: Invocation): Resources {
  const Actions = [{Lambda: {FunctionArn: targetArn(fn)}}];
  const TopicRulePayload = {Sql: at(event.config, 'sql'), Actions};
  return {[`${fn.id}IotTopicRule${event.number}`]: {Type: 'AWS::IoT::TopicRule', Properties: {TopicRulePayload}}};
}

type Compiler = (invocation: Invocation) => Resources;

const api =
  (title: string, id: string, type: string): Compiler =>
  invocation => ({
    [id]: {Type: type, Properties: {}},
    ...permission(invocation, title, 'apigateway.amazonaws.com', {SourceArn: executeApi(id)}),
  });

/** No target group is named: the permission has to be there before the group has the function. */
const loadBalancer: Compiler = invocation =>
  permission(invocation, `Alb${invocation.event.number}`, 'elasticloadbalancing.amazonaws.com');

/** The skill is what the event names; the bare name of the event lets in every skill. */
const skill =
  (title: string, principal: string): Compiler =>
  invocation => {
    const {config, number, type} = invocation.event;
    const token = at(config, 'appId') ?? (textOf(config) === type ? undefined : config);
    return permission(invocation, `${title}${number}`, principal, {EventSourceToken: token});
  };

/** The pool is made here, or is there already: then the framework permits it, by its ARN, when it is deployed. */
const userPool: Compiler = invocation => {
  const {config, number} = invocation.event;
  const UserPoolName = at(config, 'pool');
  const id = `CognitoUserPool${alphanumeric(textOf(UserPoolName) ?? String(number))}`;
  const isExisting = textOf(at(config, 'existing')) === 'true';
  const existing = {'Fn::Sub': `arn:\${AWS::Partition}:cognito-idp:\${AWS::Region}:\${AWS::AccountId}:userpool/*`};
  return {
    ...(isExisting ? {} : {[id]: {Type: 'AWS::Cognito::UserPool', Properties: {UserPoolName}}}),
    ...permission(invocation, `CognitoUserPool${number}`, 'cognito-idp.amazonaws.com', {
      SourceArn: isExisting ? existing : {'Fn::GetAtt': [id, 'Arn']},
    }),
  };
};

const byRule: Compiler = invocation => {
  const {config} = invocation.event;
  return rule(invocation, {
    EventPattern: at(config, 'pattern') ?? at(config, 'event'),
    ScheduleExpression: at(config, 'schedule'),
    EventBusName: at(config, 'eventBus'),
  });
};

/** https://www.serverless.com/framework/docs/providers/aws/guide/events */
const compilers: Readonly<Record<string, Compiler>> = {
  alb: loadBalancer,
  alexaSkill: skill('AlexaSkill', 'alexa-appkit.amazon.com'),
  alexaSmartHome: skill('AlexaSmartHome', 'alexa-connectedhome.amazon.com'),
  cloudwatchEvent: byRule,
  cloudwatchLog: filter,
  cognitoUserPool: userPool,
  eventBridge: byRule,
  http: api('ApiGateway', 'ApiGatewayRestApi', 'AWS::ApiGateway::RestApi'),
  httpApi: api('HttpApi', 'HttpApi', 'AWS::ApiGatewayV2::Api'),
  iot: iotRule,
  s3: bucket,
  schedule: schedules,
  sns: topic,
  websocket: api('Websockets', 'WebsocketsApi', 'AWS::ApiGatewayV2::Api'),
};
