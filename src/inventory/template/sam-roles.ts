import {entry} from '../../model/entry.ts';
import type {AttachedManagedPolicy, ExecutionRole, IdentityPolicy} from '../../model/execution-role.ts';
import type {NotChecked} from '../../model/finding.ts';
import {isUnresolved} from '../../model/resolvable.ts';
import type {Environment} from './intrinsics.ts';
import {readPolicyDocument} from './policies.ts';
import {arnOfResource} from './references.ts';
import type {TemplateResource} from './resources.ts';
import {policiesAddedBySam} from './sam-additions.ts';
import {expandSamPolicy} from './sam-policies.ts';
import {isSqsSubscription} from './sqs-subscriptions.ts';
import type {Value} from './value.ts';

/**
 * The role that SAM makes for a function or state machine without one. With a `Role` of its own SAM ignores
 * `Policies`, and so does this.
 */
export function readSamRole(
  resource: TemplateResource,
  environment: Environment,
  note: (unread: NotChecked) => void,
): {role: ExecutionRole; inline: readonly IdentityPolicy[]} | undefined {
  const {logicalId, type, property, origin} = resource;
  const service = entry(principals, type);
  if (service === undefined || property('Role').exists) return undefined;
  const arn = arnOfResource(`${logicalId}Role`, environment);
  const items = property('Policies').items();
  const boundary = property('PermissionsBoundary').text();
  const inline = [
    ...items.flatMap((item, index) =>
      readInline(item, `${logicalId}RolePolicy${index}`, {logicalId, role: arn, environment}, note),
    ),
    ...policiesAddedBySam(resource, arn),
  ];
  const trust = property('AssumeRolePolicyDocument');
  return {
    role: {
      name: `${logicalId}Role`,
      arn,
      trustPolicy: trust.exists ? readPolicyDocument(trust, logicalId, note) : trusting(service, resource),
      managedPolicies: [...items.flatMap(item => readManaged(item, logicalId)), ...addedBySam(resource)],
      ...(boundary === undefined ? {} : {permissionsBoundary: boundary}),
      origin,
    },
    inline,
  };
}

const principals: Readonly<Record<string, string>> = {
  'AWS::Serverless::Function': 'lambda.amazonaws.com',
  'AWS::Serverless::StateMachine': 'states.amazonaws.com',
};

function trusting(service: string, {origin}: TemplateResource) {
  const principal = {Service: [service]};
  const nothing = {notActions: [], resources: [], notResources: [], conditions: []};
  const statement = {index: 0, effect: 'Allow' as const, principal, actions: ['sts:AssumeRole'], ...nothing, origin};
  return {version: '2012-10-17', statements: [statement]};
}

/** A policy document, or one of SAM's policy templates; a text is the name of a managed policy. */
function readInline(
  item: Value,
  name: string,
  {
    logicalId,
    role,
    environment,
  }: {readonly logicalId: string; readonly role: string; readonly environment: Environment},
  note: (unread: NotChecked) => void,
): readonly IdentityPolicy[] {
  const policy = {name, resource: logicalId, roles: [role], origin: item.origin};
  if (item.unresolved !== undefined || !item.isMap) return [];
  if (item.at('Statement').exists) return [{...policy, document: readPolicyDocument(item, logicalId, note)}];
  return item.entries().flatMap(([template, parameters]) => {
    const document = expandSamPolicy(template, parameters, environment);
    if (document !== undefined) return [{...policy, name: template, document, template}];
    note({
      rule: 'iam/*',
      resource: logicalId,
      reason: `gear does not know the SAM policy template ${template}`,
      origin: item.origin,
    });
    return [];
  });
}

function readManaged(item: Value, resource: string): readonly AttachedManagedPolicy[] {
  const text = item.isMap ? undefined : item.text();
  if (text === undefined) return [];
  const arn = isUnresolved(text) || text.startsWith('arn:') || text.startsWith('${') ? text : awsManaged(text);
  return [{arn, resource, origin: item.origin}];
}

/** SAM takes the name of an AWS managed policy for its ARN. */
function awsManaged(name: string): string {
  return `arn:aws:iam::aws:policy/${name.startsWith('AWSLambda') && name !== 'AWSLambda_FullAccess' ? 'service-role/' : ''}${name}`;
}

/** https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html */
function addedBySam({logicalId, type, property, origin}: TemplateResource): readonly AttachedManagedPolicy[] {
  const attached = (names: readonly string[]) =>
    names.map(name => ({arn: `arn:aws:iam::aws:policy/${name}`, resource: logicalId, origin}));
  const tracing = property('Tracing');
  if (type === 'AWS::Serverless::StateMachine')
    return attached(tracing.at('Enabled').boolean() === true ? ['AWSXrayWriteOnlyAccess'] : []);
  const events = property('Events')
    .entries()
    .map(([, event]) => eventPolicies[isSqsSubscription(event) ? 'SQS' : String(event.at('Type').text())])
    .filter(name => name !== undefined);
  return attached([
    property('DurableConfig').exists
      ? 'service-role/AWSLambdaBasicDurableExecutionRolePolicy'
      : 'service-role/AWSLambdaBasicExecutionRole',
    ...(property('VpcConfig').exists ? ['service-role/AWSLambdaVPCAccessExecutionRole'] : []),
    ...(tracing.exists && tracing.text() !== 'Disabled' ? ['AWSXrayWriteOnlyAccess'] : []),
    ...events.map(name => `service-role/${name}`),
  ]);
}

const eventPolicies: Readonly<Record<string, string>> = {
  DynamoDB: 'AWSLambdaDynamoDBExecutionRole',
  Kinesis: 'AWSLambdaKinesisExecutionRole',
  MSK: 'AWSLambdaMSKExecutionRole',
  SQS: 'AWSLambdaSQSQueueExecutionRole',
};
