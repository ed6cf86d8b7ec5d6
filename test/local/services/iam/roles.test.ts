import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  type IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  ListRoleTagsCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  paginateListRoles,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam';
import {afterAll, beforeAll, beforeEach, expect, test} from 'vitest';
import {account, policy, queueArn, trustPolicy} from '../../access/cloud.ts';
import {startWiredCloud, type WiredCloud} from './wired-cloud.ts';

const basicExecution = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
const send = policy({Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queueArn});

let cloud: WiredCloud;
let client: IAMClient;
let role: string;
let made = 0;

beforeAll(async () => {
  cloud = await startWiredCloud();
  client = cloud.iamClient;
});
afterAll(() => cloud.close());

beforeEach(async () => {
  role = `role-${++made}`;
  await client.send(new CreateRoleCommand({RoleName: role, AssumeRolePolicyDocument: trustPolicy()}));
});

test('gives a role back as it was made', async () => {
  const RoleName = `orders-${made}`;
  const created = await client.send(
    new CreateRoleCommand({
      RoleName,
      Path: '/service/',
      Description: 'Takes orders <in>',
      MaxSessionDuration: 7200,
      AssumeRolePolicyDocument: trustPolicy(),
      Tags: [{Key: 'team', Value: 'orders'}],
      PermissionsBoundary: basicExecution,
    }),
  );
  const {Role} = await client.send(new GetRoleCommand({RoleName}));
  expect(Role).toEqual(created.Role);
  expect(Role).toMatchObject({
    RoleName,
    Path: '/service/',
    Arn: `arn:aws:iam::${account}:role/service/${RoleName}`,
    RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
    Description: 'Takes orders <in>',
    MaxSessionDuration: 7200,
    CreateDate: expect.any(Date),
    Tags: [{Key: 'team', Value: 'orders'}],
    PermissionsBoundary: {PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: basicExecution},
  });
  expect(Role!.AssumeRolePolicyDocument).toMatch(/^%7B%22Version%22%3A/);
  expect(decodeURIComponent(Role!.AssumeRolePolicyDocument!)).toBe(trustPolicy());
});

test('changes description, session length, trust policy and tags', async () => {
  await client.send(new UpdateRoleCommand({RoleName: role, Description: 'new', MaxSessionDuration: 3600}));
  await client.send(new UpdateAssumeRolePolicyCommand({RoleName: role, PolicyDocument: trustPolicy(account)}));
  await client.send(
    new TagRoleCommand({
      RoleName: role,
      Tags: [
        {Key: 'a', Value: '1'},
        {Key: 'b', Value: '2'},
      ],
    }),
  );
  await client.send(new TagRoleCommand({RoleName: role, Tags: [{Key: 'a', Value: '3'}]}));
  await client.send(new UntagRoleCommand({RoleName: role, TagKeys: ['b']}));
  const {Role} = await client.send(new GetRoleCommand({RoleName: role}));
  expect(Role).toMatchObject({Description: 'new', Tags: [{Key: 'a', Value: '3'}]});
  expect(decodeURIComponent(Role!.AssumeRolePolicyDocument!)).toBe(trustPolicy(account));
  expect((await client.send(new ListRoleTagsCommand({RoleName: role}))).Tags).toEqual([{Key: 'a', Value: '3'}]);
});

test('keeps inline policies', async () => {
  await client.send(new PutRolePolicyCommand({RoleName: role, PolicyName: 'send', PolicyDocument: send}));
  expect((await client.send(new ListRolePoliciesCommand({RoleName: role}))).PolicyNames).toEqual(['send']);
  const answer = await client.send(new GetRolePolicyCommand({RoleName: role, PolicyName: 'send'}));
  expect(decodeURIComponent(answer.PolicyDocument!)).toBe(send);
  await client.send(new DeleteRolePolicyCommand({RoleName: role, PolicyName: 'send'}));
  await expect(client.send(new GetRolePolicyCommand({RoleName: role, PolicyName: 'send'}))).rejects.toMatchObject({
    name: 'NoSuchEntityException',
    message: 'The role policy with name send cannot be found.',
    $metadata: {httpStatusCode: 404},
  });
});

test('attaches and detaches managed policies', async () => {
  const attach = new AttachRolePolicyCommand({RoleName: role, PolicyArn: basicExecution});
  await client.send(attach);
  await client.send(attach);
  const {AttachedPolicies} = await client.send(new ListAttachedRolePoliciesCommand({RoleName: role}));
  expect(AttachedPolicies).toEqual([{PolicyName: 'AWSLambdaBasicExecutionRole', PolicyArn: basicExecution}]);
  const detach = new DetachRolePolicyCommand({RoleName: role, PolicyArn: basicExecution});
  await client.send(detach);
  await expect(client.send(detach)).rejects.toThrow(`Policy ${basicExecution} was not found.`);
});

test('sets and removes the permissions boundary', async () => {
  const boundary = async () => (await client.send(new GetRoleCommand({RoleName: role}))).Role!.PermissionsBoundary;
  await client.send(new PutRolePermissionsBoundaryCommand({RoleName: role, PermissionsBoundary: basicExecution}));
  expect(await boundary()).toBeDefined();
  await client.send(new DeleteRolePermissionsBoundaryCommand({RoleName: role}));
  expect(await boundary()).toBeUndefined();
});

test('refuses an AWS managed policy that it does not know, by name', async () => {
  const PolicyArn = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
  await expect(client.send(new AttachRolePolicyCommand({RoleName: role, PolicyArn}))).rejects.toMatchObject({
    name: 'NotImplemented',
    message: `gear local does not implement the AWS managed policy ${PolicyArn}`,
  });
});

test('lists roles page by page', async () => {
  const names: string[] = [];
  for await (const {Roles} of paginateListRoles({client, pageSize: 2}, {})) {
    expect(Roles!.length).toBeLessThanOrEqual(2);
    names.push(...Roles!.map(({RoleName}) => RoleName!));
  }
  expect(names).toContain(role);
  expect(names).toEqual([...new Set(names)].sort());
  expect((await client.send(new ListRolesCommand({PathPrefix: '/nowhere/'}))).Roles).toEqual([]);
});

test('deletes a role only when nothing hangs on it', async () => {
  const remove = new DeleteRoleCommand({RoleName: role});
  await client.send(new AttachRolePolicyCommand({RoleName: role, PolicyArn: basicExecution}));
  await expect(client.send(remove)).rejects.toMatchObject({
    name: 'DeleteConflictException',
    message: 'Cannot delete entity, must detach all policies first.',
  });
  await client.send(new DetachRolePolicyCommand({RoleName: role, PolicyArn: basicExecution}));
  await client.send(new PutRolePolicyCommand({RoleName: role, PolicyName: 'send', PolicyDocument: send}));
  await expect(client.send(remove)).rejects.toThrow('Cannot delete entity, must delete policies first.');
  await client.send(new DeleteRolePolicyCommand({RoleName: role, PolicyName: 'send'}));
  await client.send(remove);
  await expect(client.send(remove)).rejects.toThrow(`The role with name ${role} cannot be found.`);
});

test.each<[string, object, string, string]>([
  [
    'a name that is taken',
    {RoleName: 'role-1'},
    'EntityAlreadyExistsException',
    'Role with name role-1 already exists.',
  ],
  ['and taken but for its case', {RoleName: 'ROLE-1'}, 'EntityAlreadyExistsException', 'already exists'],
  ['a name with a space', {RoleName: 'my role'}, 'ValidationError', 'The specified value for roleName is invalid'],
  ['a name that is too long', {RoleName: 'r'.repeat(65)}, 'ValidationError', 'length less than or equal to 64'],
  ['a path without slashes', {Path: 'service'}, 'ValidationError', 'The specified value for path is invalid'],
  ['a session that is too long', {MaxSessionDuration: 50_000}, 'ValidationError', 'between 3600 and 43200'],
  ['no JSON', {AssumeRolePolicyDocument: '{'}, 'MalformedPolicyDocumentException', 'Syntax errors in policy.'],
  [
    'a trust policy without principal',
    {AssumeRolePolicyDocument: policy({Effect: 'Allow', Action: 'sts:AssumeRole'})},
    'MalformedPolicyDocumentException',
    'Missing required field Principal',
  ],
  [
    'one with a resource',
    {AssumeRolePolicyDocument: policy({Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole', Resource: '*'})},
    'MalformedPolicyDocumentException',
    'Has prohibited field Resource',
  ],
  [
    'one for another action',
    {AssumeRolePolicyDocument: policy({Effect: 'Allow', Principal: '*', Action: 's3:GetObject'})},
    'MalformedPolicyDocumentException',
    'AssumeRole policy may only specify STS AssumeRole actions.',
  ],
  [
    'a trust in a role that does not exist',
    {AssumeRolePolicyDocument: trustPolicy(`arn:aws:iam::${account}:role/none`)},
    'MalformedPolicyDocumentException',
    `Invalid principal in policy: "AWS":"arn:aws:iam::${account}:role/none"`,
  ],
  [
    'a trust in a service by half its name',
    {
      AssumeRolePolicyDocument: policy({Effect: 'Allow', Principal: {Service: 'lambda'}, Action: 'sts:AssumeRole'}),
    },
    'MalformedPolicyDocumentException',
    'Invalid principal in policy: "Service":"lambda"',
  ],
  [
    'one that is too long',
    {AssumeRolePolicyDocument: trustPolicy(`arn:aws:iam::111111111111:role/${'r'.repeat(2048)}`)},
    'LimitExceededException',
    'ACLSizePerRole: 2048',
  ],
  [
    'a boundary that does not exist',
    {PermissionsBoundary: `arn:aws:iam::${account}:policy/none`},
    'NoSuchEntityException',
    'policy/none was not found.',
  ],
  ['a reserved tag', {Tags: [{Key: 'aws:team', Value: 'x'}]}, 'InvalidInputException', 'reserved for system use'],
  [
    'a tag twice',
    {
      Tags: [
        {Key: 'a', Value: '1'},
        {Key: 'A', Value: '2'},
      ],
    },
    'InvalidInputException',
    'Duplicate tag keys',
  ],
])('refuses to make a role with %s', async (_, input, name, message) => {
  const valid = {RoleName: `other-${made}`, AssumeRolePolicyDocument: trustPolicy()};
  await expect(client.send(new CreateRoleCommand({...valid, ...input}))).rejects.toMatchObject({
    name,
    message: expect.stringContaining(message),
  });
});

const statement = {Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queueArn};
test.each<[string, string, string]>([
  ['a principal', policy({...statement, Principal: '*'}), 'Policy document should not specify a principal.'],
  ['no resource', policy({Effect: 'Allow', Action: 'sqs:*'}), 'Policy statement must contain resources.'],
  ['an action without service', policy({...statement, Action: 'SendMessage'}), 'must be prefaced by a vendor'],
  ['a name as resource', policy({...statement, Resource: 'orders'}), 'Resource orders must be in ARN format or "*".'],
  ['half an ARN', policy({...statement, Resource: 'arn:aws:sqs'}), 'must be in ARN format'],
  ['a Sid twice', policy({...statement, Sid: 'A'}, {...statement, Sid: 'A'}), 'Statement IDs (SID) in a single policy'],
  ['a member nobody knows', policy({...statement, Actions: '*'}), 'Actions is no member of a policy'],
])('refuses an inline policy with %s', async (_, PolicyDocument, message) => {
  await expect(
    client.send(new PutRolePolicyCommand({RoleName: role, PolicyName: 'bad', PolicyDocument})),
  ).rejects.toMatchObject({name: 'MalformedPolicyDocumentException', message: expect.stringContaining(message)});
});

test('limits the inline policies of a role together, white space aside', async () => {
  const half = (Sid: string) => policy({...statement, Sid, Resource: `${queueArn}${'q'.repeat(5100)}`});
  const put = (PolicyName: string, PolicyDocument: string) =>
    client.send(new PutRolePolicyCommand({RoleName: role, PolicyName, PolicyDocument}));
  await put('one', JSON.stringify(JSON.parse(half('One')), null, 200));
  await expect(put('two', half('Two'))).rejects.toThrow(`Maximum policy size of 10240 bytes exceeded for role ${role}`);
  await put('one', half('One'));
});

test('attaches at most ten policies', async () => {
  for (let index = 0; index < 10; index++) {
    const PolicyName = `${role}-${index}`;
    await cloud.call('iam', 'CreatePolicy', {PolicyName, PolicyDocument: send});
    const PolicyArn = `arn:aws:iam::${account}:policy/${PolicyName}`;
    await client.send(new AttachRolePolicyCommand({RoleName: role, PolicyArn}));
  }
  await expect(client.send(new AttachRolePolicyCommand({RoleName: role, PolicyArn: basicExecution}))).rejects.toThrow(
    'Cannot exceed quota for PoliciesPerRole: 10',
  );
});

test('says whether a service may assume the role', () => {
  const roleArn = `arn:aws:iam::${account}:role/${role}`;
  expect(cloud.iam.trusts(roleArn, {service: 'lambda.amazonaws.com'})).toBe(true);
  expect(cloud.iam.trusts(roleArn, {service: 'ec2.amazonaws.com'})).toBe(false);
  expect(cloud.iam.trusts(`${roleArn}-none`, {service: 'lambda.amazonaws.com'})).toBe(false);
});
