import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DetachRolePolicyCommand,
  GetAccountAuthorizationDetailsCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  type IAMClient,
  ListEntitiesForPolicyCommand,
  ListGroupsCommand,
  ListPoliciesCommand,
  ListPolicyVersionsCommand,
  ListUsersCommand,
  paginateGetAccountAuthorizationDetails,
  SetDefaultPolicyVersionCommand,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {account, policy, queueArn, session} from '../../access/cloud.ts';
import {startWiredCloud, type WiredCloud} from './wired-cloud.ts';

const send = {Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queueArn};
const receive = {...send, Action: 'sqs:ReceiveMessage'};
const PolicyArn = `arn:aws:iam::${account}:policy/queue`;
const basicExecution = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';

let cloud: WiredCloud;
let client: IAMClient;

beforeEach(async () => {
  cloud = await startWiredCloud();
  client = cloud.iamClient;
  await client.send(new CreatePolicyCommand({PolicyName: 'queue', PolicyDocument: policy(send), Description: 'Queue'}));
});
afterEach(() => cloud.close());

test('gives a policy and its document back', async () => {
  const {Policy} = await client.send(new GetPolicyCommand({PolicyArn}));
  expect(Policy).toMatchObject({
    PolicyName: 'queue',
    Arn: PolicyArn,
    PolicyId: expect.stringMatching(/^ANPA[A-Z2-7]{17}$/),
    Path: '/',
    Description: 'Queue',
    DefaultVersionId: 'v1',
    AttachmentCount: 0,
    IsAttachable: true,
  });
  const {PolicyVersion} = await client.send(new GetPolicyVersionCommand({PolicyArn, VersionId: 'v1'}));
  expect(decodeURIComponent(PolicyVersion!.Document!)).toBe(policy(send));
});

test('a new version holds for the roles once it is the default', async () => {
  const ingest = await cloud.role('ingest');
  await client.send(new AttachRolePolicyCommand({RoleName: 'ingest', PolicyArn}));
  const may = (action: string) => cloud.access.allows(ingest, {action, resource: queueArn});
  expect([may('sqs:SendMessage'), may('sqs:ReceiveMessage')]).toEqual([true, false]);
  await client.send(new CreatePolicyVersionCommand({PolicyArn, PolicyDocument: policy(receive)}));
  expect([may('sqs:SendMessage'), may('sqs:ReceiveMessage')]).toEqual([true, false]);
  await client.send(new SetDefaultPolicyVersionCommand({PolicyArn, VersionId: 'v2'}));
  expect([may('sqs:SendMessage'), may('sqs:ReceiveMessage')]).toEqual([false, true]);
});

test('keeps at most five versions and never gives a number twice', async () => {
  const create = new CreatePolicyVersionCommand({PolicyArn, PolicyDocument: policy(receive), SetAsDefault: true});
  for (let version = 2; version <= 5; version++) await client.send(create);
  await expect(client.send(create)).rejects.toMatchObject({name: 'LimitExceededException'});
  await expect(client.send(new DeletePolicyVersionCommand({PolicyArn, VersionId: 'v5'}))).rejects.toMatchObject({
    name: 'DeleteConflictException',
    message: 'Cannot delete the default version of a policy.',
  });
  await client.send(new DeletePolicyVersionCommand({PolicyArn, VersionId: 'v2'}));
  expect((await client.send(create)).PolicyVersion!.VersionId).toBe('v6');
  const {Versions} = await client.send(new ListPolicyVersionsCommand({PolicyArn}));
  expect(Versions!.map(({VersionId, IsDefaultVersion}) => [VersionId, IsDefaultVersion])).toEqual([
    ['v1', false],
    ['v3', false],
    ['v4', false],
    ['v5', false],
    ['v6', true],
  ]);
});

test('deletes a policy only when nothing hangs on it', async () => {
  await cloud.role('ingest');
  const remove = new DeletePolicyCommand({PolicyArn});
  await client.send(new AttachRolePolicyCommand({RoleName: 'ingest', PolicyArn}));
  await expect(client.send(remove)).rejects.toThrow('Cannot delete a policy attached to entities.');
  await client.send(new DetachRolePolicyCommand({RoleName: 'ingest', PolicyArn}));
  await client.send(new CreatePolicyVersionCommand({PolicyArn, PolicyDocument: policy(receive)}));
  await expect(client.send(remove)).rejects.toThrow('This policy has more than one version.');
  await client.send(new DeletePolicyVersionCommand({PolicyArn, VersionId: 'v2'}));
  await client.send(remove);
  await expect(client.send(remove)).rejects.toThrow(`Policy ${PolicyArn} was not found.`);
});

test('refuses a name that is taken and a document that is too long', async () => {
  await expect(
    client.send(new CreatePolicyCommand({PolicyName: 'Queue', PolicyDocument: policy(send)})),
  ).rejects.toMatchObject({name: 'EntityAlreadyExistsException'});
  const long = policy({...send, Resource: `${queueArn}${'q'.repeat(6144)}`});
  await expect(client.send(new CreatePolicyCommand({PolicyName: 'long', PolicyDocument: long}))).rejects.toThrow(
    'Cannot exceed quota for PolicySize: 6144',
  );
});

test('does not let the policies of AWS be changed', async () => {
  await expect(client.send(new DeletePolicyCommand({PolicyArn: basicExecution}))).rejects.toMatchObject({
    name: 'AccessDenied',
  });
});

test('lists policies by scope and use, and who has one', async () => {
  await cloud.role('ingest');
  const names = async (input: object) =>
    (await client.send(new ListPoliciesCommand(input))).Policies!.map(({PolicyName}) => PolicyName);
  expect(await names({Scope: 'Local'})).toEqual(['queue']);
  expect(await names({Scope: 'AWS'})).toContain('AdministratorAccess');
  expect(await names({OnlyAttached: true})).toEqual([]);
  await client.send(new AttachRolePolicyCommand({RoleName: 'ingest', PolicyArn}));
  expect(await names({OnlyAttached: true})).toEqual(['queue']);
  const {PolicyRoles} = await client.send(new ListEntitiesForPolicyCommand({PolicyArn}));
  expect(PolicyRoles!.map(({RoleName}) => RoleName)).toEqual(['ingest']);
});

test('has neither users nor groups', async () => {
  expect((await client.send(new ListUsersCommand({}))).Users).toEqual([]);
  expect((await client.send(new ListGroupsCommand({}))).Groups).toEqual([]);
});

test('tells all of the account, page by page', async () => {
  await cloud.role('ingest', send);
  await cloud.role('redrive');
  for (const arn of [PolicyArn, basicExecution])
    await client.send(new AttachRolePolicyCommand({RoleName: 'redrive', PolicyArn: arn}));
  const roles = [];
  const policies = [];
  for await (const page of paginateGetAccountAuthorizationDetails({client, pageSize: 1}, {})) {
    roles.push(...page.RoleDetailList!);
    policies.push(...page.Policies!);
  }
  expect(roles.map(({RoleName}) => RoleName)).toEqual(['ingest', 'redrive']);
  expect(decodeURIComponent(roles[0]!.RolePolicyList![0]!.PolicyDocument!)).toBe(policy(send));
  expect(roles[1]!.AttachedManagedPolicies).toHaveLength(2);
  expect(policies.map(({Arn}) => Arn)).toEqual([PolicyArn, basicExecution]);
  expect(policies[0]).toMatchObject({
    AttachmentCount: 1,
    PolicyVersionList: [{VersionId: 'v1', IsDefaultVersion: true}],
  });
});

test('tells only what the filter asks for', async () => {
  await cloud.role('ingest', send);
  const local = await client.send(new GetAccountAuthorizationDetailsCommand({Filter: ['LocalManagedPolicy']}));
  expect([local.RoleDetailList!.length, local.Policies!.length]).toEqual([0, 1]);
  const users = await client.send(new GetAccountAuthorizationDetailsCommand({Filter: ['User', 'Group']}));
  expect([users.RoleDetailList!.length, users.Policies!.length]).toEqual([0, 0]);
});

test('simulates a principal with the code that decides real calls', async () => {
  await cloud.role('ingest', send, {...send, Effect: 'Deny', Action: 'sqs:DeleteQueue'});
  const {EvaluationResults} = await client.send(
    new SimulatePrincipalPolicyCommand({
      PolicySourceArn: session('ingest').roleArn,
      ActionNames: ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteQueue'],
      ResourceArns: [queueArn],
    }),
  );
  expect(EvaluationResults!.map(({EvalActionName, EvalDecision}) => [EvalActionName, EvalDecision])).toEqual([
    ['sqs:SendMessage', 'allowed'],
    ['sqs:ReceiveMessage', 'implicitDeny'],
    ['sqs:DeleteQueue', 'explicitDeny'],
  ]);
  expect(EvaluationResults![0]!.MatchedStatements).toEqual([
    {SourcePolicyId: 'inline', SourcePolicyType: 'IAM Policy'},
  ]);
});
