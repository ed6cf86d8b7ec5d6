import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {type AwsClients, awsClients} from '../../../src/aws/clients.ts';
import type {AwsIdentity} from '../../../src/aws/identity.ts';
import {parseTemplate, type Template} from '../../../src/cloudformation/parse.ts';
import {deployService} from '../../../src/deploy/deploy-service.ts';
import {deployStack} from '../../../src/deploy/deploy-stack.ts';
import {localFunctions} from '../../../src/deploy/local-functions.ts';
import type {NestedTemplate} from '../../../src/deploy/nested-templates.ts';
import {deployerPolicies} from '../../../src/deploy/policy/deployer-policy.ts';
import type {Purpose} from '../../../src/deploy/policy/purpose.ts';
import type {LocalCloud} from '../../../src/local/cloud.ts';
import {renderService} from '../../../src/scaffold/render-service.ts';
import {writeService} from '../../../src/scaffold/write-service.ts';

/** A function and its role, as lines of a template; the policies and what more its properties have in flow style. */
export function saveFunction(policies = '[]', more = ''): string {
  return `  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      Policies: ${policies}
  SaveFunction:
    Type: AWS::Lambda::Function
    Properties: {Code: code, Handler: index.handler, Runtime: nodejs24.x, Role: !GetAtt Role.Arn${more}}
`;
}

/** One policy, as `saveFunction` takes it. */
export function allows(action: string, resource: string): string {
  return `[{PolicyName: own, PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: '${action}', Resource: ${resource}}]}}]`;
}

/** A service on disk whose functions do nothing: what deploying takes does not depend on what they do. */
export interface ServiceOnDisk {
  readonly file: string;
  template(): Template;
  /** As somebody changes a service: configuration, code and policies. */
  change(): void;
  remove(): void;
}

export async function serviceOnDisk(
  options: Omit<Parameters<typeof renderService>[0], 'name'>,
): Promise<ServiceOnDisk> {
  const folder = mkdtempSync(join(tmpdir(), 'gear-policy-'));
  await writeService(folder, await renderService({...options, name: 'orders'}));
  const file = join(folder, 'template.yaml');
  const template = () => parseTemplate(readFileSync(file, 'utf8'), file);
  const writeCode = (answer: number) => {
    for (const {code} of localFunctions(template())) {
      mkdirSync(join(dirname(file), code), {recursive: true});
      writeFileSync(join(dirname(file), code, 'index.mjs'), `export const handler = async () => ${answer};`);
    }
  };
  writeCode(1);
  return {
    file,
    template,
    change() {
      const text = readFileSync(file, 'utf8')
        .replaceAll(/\b(MemorySize|RetentionInDays): \d+/g, (_, name) => `${name}: ${name === 'MemorySize' ? 320 : 60}`)
        .replaceAll(
          /\b(Threshold|BatchSize|MaximumEventAgeInSeconds|ThrottlingBurstLimit): (\d+)/g,
          (_, name, value) => `${name}: ${Math.max(1, Number(value) - 1)}`,
        )
        .replaceAll(/\bMessageRetentionPeriod: \d+/g, 'MessageRetentionPeriod: 1209000')
        .replaceAll(/\bPolicyName: (\w+)/g, 'PolicyName: $1-2');
      writeFileSync(file, text);
      writeCode(2);
    },
    remove: () => rmSync(folder, {recursive: true, force: true}),
  };
}

interface Deploying {
  readonly stackName: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly roleArn?: string;
}

export async function deploy(
  clients: AwsClients,
  cloud: LocalCloud,
  service: Pick<ServiceOnDisk, 'file'>,
  {stackName, parameters = {}, roleArn}: Deploying,
): Promise<string> {
  const {status} = await deployService(clients, identityOf(cloud), {
    ...aboutOrders(service.file),
    stackName,
    parameters,
    roleArn,
    prebuilt: true,
    approve: async () => true,
  });
  return status;
}

/** Deletes a stack and answers what became of it. */
export async function deleteStack(clients: AwsClients, StackName: string): Promise<string> {
  const cloudFormation = await clients.cloudFormation();
  const [{StackId} = {}] = (await cloudFormation.describeStacks({StackName})).Stacks ?? [];
  await cloudFormation.deleteStack({StackName});
  for (;;) {
    const [{StackStatus = '', StackStatusReason = ''} = {}] =
      (await cloudFormation.describeStacks({StackName: StackId})).Stacks ?? [];
    if (!StackStatus.endsWith('_IN_PROGRESS')) return `${StackStatus} ${StackStatusReason}`.trim();
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}

/** A role with exactly these policies, made by a stack so that its use is reported. Answers its ARN. */
export async function makeRole(
  cloud: LocalCloud,
  name: string,
  {policies, trust}: {readonly policies: readonly object[]; readonly trust: object},
): Promise<string> {
  const {account, endpoint, region, credentials} = cloud;
  const Resources = {
    [name]: {Type: 'AWS::IAM::Role', Properties: {RoleName: name, AssumeRolePolicyDocument: trust}},
    ...Object.fromEntries(
      policies.map((PolicyDocument, index) => [
        `Policy${index}`,
        {Type: 'AWS::IAM::ManagedPolicy', Properties: {PolicyDocument, Roles: [{Ref: name}]}},
      ]),
    ),
  };
  const body = JSON.stringify({Resources});
  await deployStack(awsClients({endpoint, region, credentials}), {
    stackName: name,
    template: parseTemplate(body, 'deployer.json'),
    source: {body},
    parameters: {},
    pollMilliseconds: 10,
    onEvent: () => {},
    approve: async () => true,
  });
  return `arn:aws:iam::${account}:role/${name}`;
}

/** Clients with the policy for one purpose of the stack orders and nothing else. */
export async function clientsForPurpose(
  cloud: LocalCloud,
  purpose: Purpose,
  {role, ...service}: {role: string; template: Template; nested?: readonly NestedTemplate[]; bucketExists: boolean},
): Promise<AwsClients> {
  const {policies} = deployerPolicies({
    ...service,
    service: 'orders',
    place: {account: cloud.account, region: cloud.region, stackName: 'orders'},
    parameters: {},
    purposes: [purpose],
  });
  return clientsWith(
    cloud,
    role,
    policies.map(({document}) => document),
  );
}

export function identityOf({account, region, endpoint}: LocalCloud): AwsIdentity {
  return {account, region, endpoint, arn: ''};
}

/** Of the stack orders, for what compares it or replaces its code. */
export function aboutOrders(template: string) {
  return {
    service: 'orders',
    stackName: 'orders',
    template,
    parameters: {},
    fallbackModules: [],
    pollMilliseconds: 10,
    onEvent: () => {},
  };
}

/** Clients that act as a role with exactly these policies. */
export async function clientsWith(cloud: LocalCloud, name: string, policies: readonly object[]): Promise<AwsClients> {
  const {account, endpoint, region} = cloud;
  const Principal = {AWS: `arn:aws:iam::${account}:root`};
  const trust = {Version: '2012-10-17', Statement: [{Effect: 'Allow', Principal, Action: 'sts:AssumeRole'}]};
  const RoleArn = await makeRole(cloud, name, {policies, trust});
  const sts = await awsClients({endpoint, region, credentials: cloud.credentials}).sts();
  const {Credentials} = await sts.assumeRole({RoleArn, RoleSessionName: 'ci'});
  return awsClients({
    endpoint,
    region,
    credentials: {
      accessKeyId: Credentials!.AccessKeyId!,
      secretAccessKey: Credentials!.SecretAccessKey!,
      sessionToken: Credentials!.SessionToken!,
    },
  });
}
