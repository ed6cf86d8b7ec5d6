import {at, build, type ConfigNode, isTrue, itemsOf, textOf} from './config-node.ts';
import {grantsOf} from './grants.ts';
import {sharedRoleId} from './naming.ts';
import type {Service, ServiceFunction} from './service.ts';

export interface Roles {
  readonly resources: Readonly<Record<string, ConfigNode>>;
  roleOf(fn: ServiceFunction): ConfigNode;
}

/**
 * Which role each function runs as: one that it names, one of its own, one that the provider names, or the one that
 * the framework makes for all of the others.
 */
export function readRoles(service: Service): Roles {
  const existing = existingRole(service);
  const own = service.functions.filter(fn => hasOwnRole(fn, service));
  const sharing = service.functions.filter(fn => at(fn.config, 'role') === undefined && !own.includes(fn));
  const resources: Record<string, ConfigNode> = {};
  if (existing === undefined && (sharing.length > 0 || (own.length > 0 && hasPlugin(service))))
    resources[sharedRoleId] = sharedRole(sharing, service);
  for (const fn of own) resources[ownRoleId(fn)] = ownRole(fn, service);
  return {
    resources,
    roleOf(fn) {
      const role = at(fn.config, 'role');
      if (role !== undefined) return reference(role);
      if (own.includes(fn)) return build({'Fn::GetAtt': [ownRoleId(fn), 'Arn']}, fn.origin);
      return existing === undefined ? build({'Fn::GetAtt': [sharedRoleId, 'Arn']}, fn.origin) : reference(existing);
    },
  };
}

/** `provider.role`, or `provider.iam.role` when that is not the settings of the role to be made. */
function existingRole({provider}: Service): ConfigNode | undefined {
  const role = at(provider, 'iam', 'role');
  const isReference = role !== undefined && (role.node !== 'map' || [...role.entries.keys()].some(isIntrinsic));
  return isReference ? role : at(provider, 'role');
}

function isIntrinsic(name: string): boolean {
  return name === 'Ref' || name.startsWith('Fn::');
}

/** An ARN or an intrinsic function as it is; any other text is a logical ID. */
function reference(role: ConfigNode): ConfigNode {
  const text = textOf(role);
  if (text === undefined || text.startsWith('arn:') || text.startsWith(`\${`)) return role;
  return build({'Fn::GetAtt': [text, 'Arn']}, role.origin);
}

const plugin = 'serverless-iam-roles-per-function';

function hasPlugin({plugins}: Service): boolean {
  return plugins.some(({name}) => name === plugin);
}

function isPerFunction({provider}: Service): boolean {
  return textOf(at(provider, 'iam', 'role', 'mode')) === 'perFunction';
}

/** Version 4 does by itself what the plugin does in earlier ones; without either, the framework ignores the settings. */
function hasOwnRole(fn: ServiceFunction, service: Service): boolean {
  if (at(fn.config, 'role') !== undefined || existingRole(service) !== undefined) return false;
  if (isPerFunction(service)) return true;
  const asked = ownStatements(fn) ?? at(fn.config, 'iam', 'role', 'managedPolicies');
  if (asked === undefined) return false;
  const version = /\d+/.exec(textOf(at(service.config, 'frameworkVersion')) ?? '')?.[0];
  if (hasPlugin(service) || Number(version) >= 4) return true;
  if (version === undefined)
    service.note({
      rule: 'iam/*',
      resource: fn.logicalId,
      reason: `only version 4 of the framework, or the plugin ${plugin}, makes a role of this, and the file names neither`,
      origin: asked.origin,
    });
  return version === undefined;
}

function ownStatements({config}: ServiceFunction): ConfigNode | undefined {
  return at(config, 'iam', 'role', 'statements') ?? at(config, 'iamRoleStatements');
}

function ownRoleId({id}: ServiceFunction): string {
  return `${id}${sharedRoleId}`;
}

function sharedRole(sharing: readonly ServiceFunction[], service: Service): ConfigNode {
  const {provider, name, stage, functions} = service;
  const settings = at(provider, 'iam', 'role');
  const {origin} = settings ?? at(provider, 'iamRoleStatements') ?? provider;
  const inVpc = at(provider, 'vpc') !== undefined || functions.some(({config}) => at(config, 'vpc') !== undefined);
  const statements = [
    ...sharedLogStatements(functions, `${name}-${stage}`).map(statement => build(statement, origin)),
    ...providerStatements(service),
    ...distinct(sharing.flatMap(fn => grantsOf(fn, service))),
  ];
  const managed = itemsOf(at(settings, 'managedPolicies') ?? at(provider, 'iamManagedPolicies'));
  return role(service, {
    origin,
    statements,
    managed: [...managed, ...(inVpc ? [build(vpcPolicy, (at(provider, 'vpc') ?? provider).origin)] : [])],
    boundary: boundaryOf(service),
    name: at(settings, 'name') ?? {'Fn::Join': ['-', [name, stage, {Ref: 'AWS::Region'}, 'lambdaRole']]},
    policyName: `${name}-${stage}-lambda`,
  });
}

function ownRole(fn: ServiceFunction, service: Service): ConfigNode {
  const {provider, name, stage} = service;
  const {config, origin} = fn;
  const settings = at(config, 'iam', 'role');
  const inVpc = at(provider, 'vpc') !== undefined || at(config, 'vpc') !== undefined;
  const logs = {
    Effect: 'Allow',
    Action: ['logs:CreateLogStream', 'logs:CreateLogGroup', 'logs:PutLogEvents'],
    Resource: [logGroup(`${fn.name}:*:*`)],
  };
  return role(service, {
    origin: ownStatements(fn)?.origin ?? origin,
    statements: [
      build(logs, origin),
      ...distinct(grantsOf(fn, service)),
      ...(inherits(fn, service) ? providerStatements(service) : []),
      ...itemsOf(ownStatements(fn)),
    ],
    managed: [
      ...(isPerFunction(service) ? itemsOf(at(provider, 'iam', 'role', 'managedPolicies')) : []),
      ...(inVpc ? [build(vpcPolicy, origin)] : []),
      ...itemsOf(at(settings, 'managedPolicies')),
    ],
    boundary:
      at(settings, 'permissionsBoundary') ??
      at(config, 'iamPermissionsBoundary') ??
      at(service.config, 'custom', plugin, 'iamGlobalPermissionsBoundary') ??
      boundaryOf(service),
    name: at(settings, 'name') ??
      at(config, 'iamRoleStatementsName') ?? {
        'Fn::Join': ['-', [name, stage, fn.key, {Ref: 'AWS::Region'}, 'lambdaRole']],
      },
    policyName: `${name}-${stage}-lambda`,
  });
}

interface RoleParts {
  readonly origin: ConfigNode['origin'];
  readonly statements: readonly ConfigNode[];
  readonly managed: readonly ConfigNode[];
  readonly boundary: ConfigNode | undefined;
  readonly name: unknown;
  readonly policyName: string;
}

function role({functions}: Service, {origin, statements, managed, boundary, name, policyName}: RoleParts): ConfigNode {
  const edge = functions.some(({events}) => events.some(({type}) => type === 'cloudFront'));
  const services = ['lambda.amazonaws.com', ...(edge ? ['edgelambda.amazonaws.com'] : [])];
  return build(
    {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: name,
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{Effect: 'Allow', Principal: {Service: services}, Action: ['sts:AssumeRole']}],
        },
        Policies: [{PolicyName: policyName, PolicyDocument: {Version: '2012-10-17', Statement: statements}}],
        ...(managed.length === 0 ? {} : {ManagedPolicyArns: managed}),
        PermissionsBoundary: boundary,
      },
    },
    origin,
  );
}

function providerStatements({provider}: Service): readonly ConfigNode[] {
  return itemsOf(at(provider, 'iam', 'role', 'statements') ?? at(provider, 'iamRoleStatements'));
}

function boundaryOf({provider}: Service): ConfigNode | undefined {
  const settings = at(provider, 'iam', 'role');
  return (
    at(settings, 'permissionsBoundary') ?? at(settings, 'permissionBoundary') ?? at(provider, 'rolePermissionsBoundary')
  );
}

/** The plugin inherits when told to; version 4 with a role for each function does unless told not to. */
function inherits({config}: ServiceFunction, service: Service): boolean {
  const chosen =
    at(config, 'iam', 'inheritStatements') ??
    at(config, 'iamRoleStatementsInherit') ??
    at(service.config, 'custom', plugin, 'defaultInherit');
  return chosen === undefined ? isPerFunction(service) : isTrue(chosen);
}

function sharedLogStatements(functions: readonly ServiceFunction[], prefix: string): readonly unknown[] {
  const logging = functions.filter(({config}) => !isTrue(at(config, 'disableLogs')));
  const silent = functions.filter(({config}) => isTrue(at(config, 'disableLogs')));
  const named = logging.filter(({name}) => !name.startsWith(prefix)).map(({name}) => name);
  const groups = [...named, ...(named.length < logging.length ? [`${prefix}*`] : [])];
  if (groups.length === 0) return [];
  return [
    {
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:CreateLogGroup', 'logs:TagResource'],
      Resource: groups.map(name => logGroup(`${name}:*`)),
    },
    {Effect: 'Allow', Action: ['logs:PutLogEvents'], Resource: groups.map(name => logGroup(`${name}:*:*`))},
    ...(silent.length === 0
      ? []
      : [{Effect: 'Deny', Action: 'logs:PutLogEvents', Resource: silent.map(({name}) => logGroup(`${name}:*`))}]),
  ];
}

function logGroup(name: string) {
  return {'Fn::Sub': `arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:/aws/lambda/${name}`};
}

const vpcPolicy = {
  'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole`,
};

/** Two functions that ask for the same get it once. */
function distinct(statements: readonly ConfigNode[]): readonly ConfigNode[] {
  const first = new Map<string, ConfigNode>();
  for (const statement of statements) {
    const key = JSON.stringify(statement, withoutOrigin);
    if (!first.has(key)) first.set(key, statement);
  }
  return [...first.values()];
}

function withoutOrigin(key: string, value: unknown): unknown {
  if (key === 'origin') return undefined;
  return value instanceof Map ? [...value] : value;
}
