import {entry} from '../../model/entry.ts';
import type {NotChecked} from '../../model/finding.ts';
import type {Condition, Statement} from '../../model/policy.ts';
import {isUnresolved, type Resolvable} from '../../model/resolvable.ts';
import type {ResourcePolicy} from '../../model/resource-policy.ts';
import type {Environment} from './intrinsics.ts';
import {readPolicyDocument} from './policies.ts';
import {arnOfResource} from './references.ts';
import type {TemplateResource} from './resources.ts';

/** Policies of resources, permissions of functions among them: a permission is a statement in the function's policy. */
export function readResourcePolicies(
  resources: readonly TemplateResource[],
  environment: Environment,
  note: (unread: NotChecked) => void,
): readonly ResourcePolicy[] {
  return resources.flatMap((resource): readonly ResourcePolicy[] => {
    const {logicalId: name, type, properties, origin} = resource;
    if (type === 'AWS::Lambda::Permission') return [permission(resource)];
    if (type === 'AWS::Serverless::Function') return publicUrl(resource, environment);
    const holder = entry(holders, type);
    if (holder === undefined || !properties.at(holder.document).exists) return [];
    const targets =
      holder.target === undefined
        ? [arnOfResource(name, environment)]
        : properties
            .at(holder.target)
            .items()
            .map(item => item.text() ?? '');
    const document = readPolicyDocument(properties.at(holder.document), name, note);
    return [{name, kind: holder.kind, targets, document, origin}];
  });
}

interface Holder {
  readonly kind: ResourcePolicy['kind'];
  readonly document: string;
  /** Absent where the policy stands in the resource itself. */
  readonly target?: string;
}

const holders: Readonly<Record<string, Holder>> = {
  'AWS::KMS::Key': {kind: 'key', document: 'KeyPolicy'},
  'AWS::S3::BucketPolicy': {kind: 'bucket', document: 'PolicyDocument', target: 'Bucket'},
  'AWS::SNS::TopicPolicy': {kind: 'topic', document: 'PolicyDocument', target: 'Topics'},
  'AWS::SQS::QueuePolicy': {kind: 'queue', document: 'PolicyDocument', target: 'Queues'},
  'AWS::SecretsManager::ResourcePolicy': {kind: 'secret', document: 'ResourcePolicy', target: 'SecretId'},
};

/** https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
function permission({logicalId: name, properties, origin}: TemplateResource): ResourcePolicy {
  const target = properties.at('FunctionName').text() ?? '';
  const who = properties.at('Principal').text() ?? '';
  const service = typeof who === 'string' && who.includes('.');
  const conditions = Object.entries(conditionsOf).flatMap(([property, [operator, key]]): readonly Condition[] => {
    const value = properties.at(property).text();
    return value === undefined ? [] : [{operator, key, values: [value]}];
  });
  const action = properties.at('Action').text() ?? '';
  const statement: Statement = {
    ...allow([action], origin),
    principal: {[service ? 'Service' : 'AWS']: [who]},
    conditions,
  };
  return {name, kind: 'function', targets: [target], document: documentOf([statement]), origin};
}

const conditionsOf: Readonly<Record<string, readonly [operator: string, key: string]>> = {
  SourceArn: ['ArnLike', 'aws:SourceArn'],
  SourceAccount: ['StringEquals', 'aws:SourceAccount'],
  PrincipalOrgID: ['StringEquals', 'aws:PrincipalOrgID'],
  FunctionUrlAuthType: ['StringEquals', 'lambda:FunctionUrlAuthType'],
  EventSourceToken: ['StringEquals', 'lambda:EventSourceToken'],
  InvokedViaFunctionUrl: ['Bool', 'lambda:InvokedViaFunctionUrl'],
};

/** What SAM adds for a function URL that asks nobody who they are. */
function publicUrl({logicalId, property}: TemplateResource, environment: Environment): readonly ResourcePolicy[] {
  const url = property('FunctionUrlConfig');
  const authType: Resolvable<string> | undefined = url.at('AuthType').text();
  if (isUnresolved(authType) || authType !== 'NONE') return [];
  const {origin} = url;
  const anybody = {AWS: ['*']};
  const both = [
    {
      ...allow(['lambda:InvokeFunctionUrl'], origin),
      principal: anybody,
      conditions: [{operator: 'StringEquals', key: 'lambda:FunctionUrlAuthType', values: ['NONE']}],
    },
    {
      ...allow(['lambda:InvokeFunction'], origin),
      principal: anybody,
      conditions: [{operator: 'Bool', key: 'lambda:InvokedViaFunctionUrl', values: ['true']}],
    },
  ];
  const targets = [arnOfResource(logicalId, environment)];
  return [{name: logicalId, kind: 'function', targets, document: documentOf(both), origin}];
}

function allow(actions: readonly Resolvable<string>[], origin: Statement['origin']): Statement {
  const none = {notActions: [], resources: [], notResources: [], conditions: []};
  return {index: 0, effect: 'Allow', actions, ...none, origin};
}

function documentOf(statements: readonly Statement[]) {
  return {version: '2012-10-17', statements};
}
