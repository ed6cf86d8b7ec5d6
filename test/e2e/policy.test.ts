import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {awsClients} from '../../src/aws/clients.ts';
import {startLocalCloud} from '../../src/local/cloud.ts';
import {clientsWith, deploy, saveFunction} from '../deploy/policy/deploying-service.ts';
import {gear} from './gear.ts';

const cwd = mkdtempSync(join(tmpdir(), 'gear-policy-'));
beforeAll(async () => {
  await gear(['new', 'service', 'orders', '--template', 'http-api', '--language', 'typescript'], {cwd});
});
afterAll(() => rmSync(cwd, {recursive: true, force: true}));

const place = ['--account', '123456789012', '--region', 'eu-central-1'];

interface Policy {
  readonly Statement: readonly {readonly Sid: string; readonly Action: readonly string[]}[];
}

test('one policy is printed as the document that IAM takes, and several under their names', async () => {
  writeFileSync(join(cwd, 'inbox.yaml'), 'Resources: {Inbox: {Type: AWS::SQS::Queue}}\n');
  const one = await gear(['policy', '--deployer', 'inbox.yaml', '--bucket-exists', ...place], {cwd});
  expect(one).toMatchObject({exitCode: 0, stderr: ''});
  expect(one.json<Policy>().Statement.map(({Sid}) => Sid)).toEqual([
    'Stack',
    'FindArtifacts',
    'ListArtifacts',
    'UploadArtifacts',
    'ReadArtifacts',
    'Queues',
  ]);
  const apart = await gear(['policy', '--deployer', 'orders', '--cfn-role', 'orders-cfn', ...place], {cwd});
  const {deployer, ...others} = apart.json<Record<string, Policy>>();
  expect(Object.keys(others)).toEqual(['execution', 'trust']);
  const services = deployer!.Statement.flatMap(({Action}) => Action.map(action => action.split(':')[0]));
  expect(new Set(services)).toEqual(new Set(['cloudformation', 's3', 'iam']));
  expect(apart.stderr).toContain('no permissions boundary');
});

test('who has the printed policy and nothing else destroys a stack with its packages', async () => {
  const folder = join(cwd, 'shop');
  mkdirSync(join(folder, 'code'), {recursive: true});
  writeFileSync(join(folder, 'gear.yaml'), 'service: orders\nstack: shop\nregion: eu-central-1\n');
  writeFileSync(join(folder, 'code/index.mjs'), 'export const handler = async () => 1;');
  writeFileSync(
    join(folder, 'template.yaml'),
    `Resources:
${saveFunction()}`,
  );
  const cloud = await startLocalCloud({region: 'eu-central-1'});
  try {
    const {endpoint, region, credentials} = cloud;
    const owner = awsClients({endpoint, region, credentials});
    await deploy(owner, cloud, {file: join(folder, 'template.yaml')}, {stackName: 'shop'});
    // The account is asked for, and the region is that of gear.yaml.
    const {accessKeyId: key, secretAccessKey: secret} = credentials;
    const asOwner = {AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: secret};
    const policy = await gear(['policy', '--deployer', '--for', 'destroy'], {
      cwd: folder,
      env: {...asOwner, AWS_REGION: 'ap-south-1'},
    });
    const clients = await clientsWith(cloud, 'Destroyer', [policy.json<object>()]);
    const {accessKeyId, secretAccessKey, sessionToken} = await (await clients.s3()).config.credentials();
    const destroyed = await gear(['destroy', '--yes', '--stack', 'shop', '--packages', '--region', region], {
      cwd: folder,
      env: {
        AWS_ENDPOINT_URL: endpoint,
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
        AWS_SESSION_TOKEN: sessionToken!,
      },
    });
    expect(destroyed.stdout).toMatch(/Removed 2 packages and templates .* from .*\/orders\//);
    expect(destroyed.exitCode).toBe(0);
    expect(cloud.usage('Destroyer').roles[0]!.denied).toEqual([]);
  } finally {
    await cloud.close();
  }
});

test('the policy is for what is asked for, and for the stack of a stage', async () => {
  const {stdout} = await gear(
    ['policy', '--deployer', '--for', 'destroy,drift', '--stage', 'prod', ...place, 'orders'],
    {
      cwd,
    },
  );
  expect(stdout).toContain(':stack/orders-prod/*');
  expect(stdout).toContain('cloudformation:DetectStackDrift');
  expect(stdout).toContain('cloudformation:DeleteStack');
  expect(stdout).not.toMatch(/ExecuteChangeSet|PutRolePolicy|CreateFunction/);
});

test('a name that is an output of another service is any name, and not the default', async () => {
  mkdirSync(join(cwd, 'stock'));
  writeFileSync(
    join(cwd, 'stock', 'gear.yaml'),
    `service: stock\nregion: eu-central-1\nparameters: {Name: "\${orders.Name}"}\n`,
  );
  writeFileSync(
    join(cwd, 'stock', 'template.yaml'),
    'Parameters: {Name: {Type: String, Default: items}}\nResources: {Items: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref Name}}}\n',
  );
  const policy = (...args: string[]) =>
    gear(['policy', '--deployer', 'stock', '--bucket-exists', '--account', '123456789012', ...args], {cwd});
  expect((await policy()).stdout).toContain('"arn:aws:sqs:eu-central-1:123456789012:*"');
  expect((await policy('--parameter', 'Name=things')).stdout).toContain(':things"');
});

test('the role of GitHub Actions is for one branch of one repository, and its template passes the audit', async () => {
  const {stdout} = await gear(['policy', '--oidc', 'github', '--repo', 'acme/orders', 'orders'], {cwd});
  expect(stdout).toContain('token.actions.githubusercontent.com:sub: repo:acme/orders:ref:refs/heads/main\n');
  expect(stdout).toContain('token.actions.githubusercontent.com:aud: sts.amazonaws.com\n');
  // CloudFormation reads YAML 1.1, where yes without quotes is true.
  expect(stdout).toContain('Default: "yes"\n');
  writeFileSync(join(cwd, 'role.yaml'), stdout);
  const audit = await gear(['audit', 'role.yaml'], {cwd});
  expect(audit.stdout).toMatch(/^No functions: no findings; \d+ ignored$/m);
  expect(audit.exitCode).toBe(0);
});

test.each([
  [['--deployer', '--audit'], '--audit cannot be given with --deployer'],
  [['--oidc', 'github', '--repo', 'acme/orders', '--branch', 'release/*'], 'release/* is a pattern'],
  [['--deployer', '--account', '123456789012'], '--account needs --region, or a region in gear.yaml'],
  [['--deployer', '--account', '1', '--region', 'eu-central-1'], '1 is no AWS account'],
  [['--deployer', '--for', 'hotswap', ...place], 'orders is not a development stack'],
])('gear policy %j says what is wrong with it', async (flags, message) => {
  const {stderr, exitCode} = await gear(['policy', ...flags], {cwd: join(cwd, 'orders')});
  expect(stderr).toContain(message);
  expect(exitCode).toBe(2);
});

test('without credentials it says how to do without', async () => {
  const run = await gear(['policy', '--deployer', 'inbox.yaml', '--region', 'eu-central-1'], {
    cwd,
    env: {HOME: cwd, AWS_EC2_METADATA_DISABLED: 'true'},
  });
  expect(run.exitCode).toBe(2);
  expect(run.stderr).toContain('Try: --account 123456789012 --region eu-central-1, so that AWS is not asked');
  expect(run.stderr).not.toContain('--local');
});
