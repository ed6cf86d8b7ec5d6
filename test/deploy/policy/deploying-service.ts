import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {type AwsClients, awsClients} from '../../../src/aws/clients.ts';
import {parseTemplate, type Template} from '../../../src/cloudformation/parse.ts';
import {deployService} from '../../../src/deploy/deploy-service.ts';
import {deployStack} from '../../../src/deploy/deploy-stack.ts';
import {localFunctions} from '../../../src/deploy/local-functions.ts';
import type {LocalCloud} from '../../../src/local/cloud.ts';
import {renderService} from '../../../src/scaffold/render-service.ts';
import {writeService} from '../../../src/scaffold/write-service.ts';

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
  {account, region, endpoint}: LocalCloud,
  service: Pick<ServiceOnDisk, 'file'>,
  {stackName, parameters = {}, roleArn}: Deploying,
): Promise<string> {
  const {status} = await deployService(
    clients,
    {account, region, endpoint, arn: ''},
    {
      service: 'orders',
      stackName,
      template: service.file,
      parameters,
      roleArn,
      prebuilt: true,
      fallbackModules: [],
      pollMilliseconds: 10,
      onEvent: () => {},
      approve: async () => true,
    },
  );
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
