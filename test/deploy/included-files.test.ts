import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {awsClients} from '../../src/aws/clients.ts';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {deployService} from '../../src/deploy/deploy-service.ts';
import {diffService} from '../../src/deploy/diff/diff-service.ts';
import {reviewDiff} from '../../src/deploy/diff/review-diff.ts';
import {packageTemplate, withUploads} from '../../src/deploy/package-template.ts';
import type {Review} from '../../src/deploy/review/review.ts';
import {startLocalCloud} from '../../src/local/cloud.ts';

const folder = mkdtempSync(join(tmpdir(), 'gear-included-'));
afterAll(() => rmSync(folder, {recursive: true}));

async function packaged(text: string) {
  const template = parseTemplate(text, join(folder, 'template.yaml'));
  const ready = await packageTemplate(template, {
    prebuilt: true,
    fallbackModules: [],
    onEvent: () => {},
  });
  return withUploads(ready, {
    bucket: 'artefacts',
    keyOf: () => '',
    urlOf: () => 'https://nested',
    keyOfText: included => `orders/template/${included.trim()}.yaml`,
  });
}

test('a file that AWS::Include names is uploaded, and nothing changes but its address', async () => {
  writeFileSync(join(folder, 'part.yaml'), 'QueueName: orders\n');
  const text = (location: string) => `Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      Fn::Transform: {Name: AWS::Include, Parameters: {Location: ${location}}} # the name
  Topic: !Transform {Name: AWS::Include, Parameters: {Location: ${location}}}
  Other: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://elsewhere/part.yaml}}}
  Third: {Fn::Transform: [{Name: AWS::Include, Parameters: {Location: ${location}}}, {Name: Other}]}
Transform: {Name: AWS::Include, Parameters: {Location: ${location}}}
`;
  const {template, texts} = await packaged(text('part.yaml'));
  expect(template.text).toBe(text('"s3://artefacts/orders/template/QueueName: orders.yaml"'));
  expect(new Set(texts)).toEqual(new Set(['QueueName: orders\n']));
});

test('a nested template includes from its own folder, and is uploaded as it then reads', async () => {
  writeFileSync(join(folder, 'part.yaml'), 'QueueName: orders\n');
  writeFileSync(
    join(folder, 'nested.yaml'),
    'Resources: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: part.yaml}}}\n',
  );
  const {texts} = await packaged(
    'Resources: {Storage: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: nested.yaml}}}\n',
  );
  expect(texts).toEqual(['QueueName: orders\n', expect.stringContaining('Location: "s3://artefacts/orders/')]);
});

test('a file that is not there is told with the line that names it', async () => {
  const text = 'Resources:\n  Fn::Transform:\n    Name: AWS::Include\n    Parameters: {Location: gone.yaml}\n';
  await expect(packaged(text)).rejects.toMatchObject({
    message: `${join(folder, 'template.yaml')}:4: the file gone.yaml that AWS::Include names cannot be read`,
  });
});

test('what such a file grants is reviewed like what the template says itself', async () => {
  const cloud = await startLocalCloud();
  const clients = awsClients(cloud);
  const {account, region, endpoint} = cloud;
  const identity = {account, region, endpoint, arn: ''};
  const include = (file: string) => `Fn::Transform: {Name: AWS::Include, Parameters: {Location: ${file}}}`;
  const options = {
    service: 'roles',
    stackName: 'roles',
    template: join(folder, 'roles.yaml'),
    parameters: {},
    prebuilt: false,
    fallbackModules: [],
    pollMilliseconds: 5,
    onEvent: () => {},
  };
  const role = (action: string) => `Reader:
  Type: AWS::IAM::Role
  Properties:
    AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]}
    Policies: [{PolicyName: read, PolicyDocument: {Statement: [{Effect: Allow, Action: ${action}, Resource: arn:aws:s3:::letters/*}]}}]
`;
  const widened = (action: string) => [{kind: 'allow', action, resource: 'arn:aws:s3:::letters/*', conditions: []}];
  const reviewed = async () => {
    let permissions: Review['permissions'] = [];
    await deployService(clients, identity, {
      ...options,
      async approve(review) {
        permissions = review.permissions;
        return true;
      },
    });
    return permissions;
  };
  try {
    writeFileSync(options.template, `Resources:\n  Queue: {Type: AWS::SQS::Queue}\n  ${include('reader.yaml')}\n`);
    writeFileSync(join(folder, 'reader.yaml'), role('s3:GetObject'));
    expect(await reviewed()).toMatchObject([
      {kind: 'role', name: 'Reader', widened: expect.arrayContaining(widened('s3:GetObject'))},
    ]);
    writeFileSync(join(folder, 'reader.yaml'), role('s3:PutObject'));
    const changed = [
      {name: 'Reader', verdict: 'changed', widened: widened('s3:PutObject'), narrowed: widened('s3:GetObject')},
    ];
    expect(await reviewDiff(clients, identity, options, await diffService(clients, identity, options))).toMatchObject({
      permissions: changed,
    });
    expect(await reviewed()).toMatchObject(changed);
  } finally {
    await cloud.close();
  }
});

test('a service with such a file is deployed, equals what is deployed, and is updated when the file changes', async () => {
  const cloud = await startLocalCloud();
  const clients = awsClients(cloud);
  const {account, region, endpoint} = cloud;
  const identity = {account, region, endpoint, arn: ''};
  const options = {
    service: 'orders',
    stackName: 'orders',
    template: join(folder, 'template.yaml'),
    parameters: {},
    prebuilt: false,
    fallbackModules: [],
    pollMilliseconds: 5,
    onEvent: () => {},
    approve: async () => true,
  };
  const deploy = () => deployService(clients, identity, options);
  const diff = async () => (await diffService(clients, identity, options)).diff;
  const delay = async () => {
    const {QueueUrl} = await (await clients.sqs()).getQueueUrl({QueueName: 'orders'});
    const {Attributes} = await (await clients.sqs()).getQueueAttributes({QueueUrl, AttributeNames: ['DelaySeconds']});
    return Attributes!.DelaySeconds;
  };
  try {
    writeFileSync(
      options.template,
      'Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n    Properties:\n      QueueName: orders\n      Fn::Transform: {Name: AWS::Include, Parameters: {Location: delay.yaml}}\n',
    );
    writeFileSync(join(folder, 'delay.yaml'), 'DelaySeconds: 3\n');
    expect(await deploy()).toMatchObject({changed: true, status: 'CREATE_COMPLETE'});
    expect(await delay()).toBe('3');
    const same = {template: [], changeSet: [], notCompared: undefined};
    expect(await diff()).toMatchObject(same);
    expect(await deploy()).toMatchObject({changed: false});

    writeFileSync(join(folder, 'delay.yaml'), 'DelaySeconds: 4\n');
    const {template, changeSet} = await diff();
    expect(template).toMatchObject([
      {
        name: 'Queue',
        members: [{path: 'Fn::Transform.Parameters.Location', after: expect.stringMatching(/^file [0-9a-f]{64}$/)}],
      },
    ]);
    expect(changeSet).toMatchObject([{action: 'Modify', logicalId: 'Queue', properties: [{name: 'DelaySeconds'}]}]);
    expect(await deploy()).toMatchObject({changed: true, status: 'UPDATE_COMPLETE'});
    expect(await delay()).toBe('4');
    expect(await diff()).toMatchObject(same);

    // It is read as whoever deploys.
    const allow = (rest: object) => JSON.stringify({Statement: [{Effect: 'Allow', ...rest}]});
    const RoleName = 'Deployer';
    const iam = await clients.iam();
    const {Role} = await iam.createRole({
      RoleName,
      AssumeRolePolicyDocument: allow({Principal: {AWS: account}, Action: 'sts:AssumeRole'}),
    });
    const PolicyDocument = allow({Action: 'cloudformation:*', Resource: '*'});
    await iam.putRolePolicy({RoleName, PolicyName: 'stacks', PolicyDocument});
    const {Credentials} = await (await clients.sts()).assumeRole({RoleArn: Role!.Arn!, RoleSessionName: 'ci'});
    const {AccessKeyId, SecretAccessKey, SessionToken} = Credentials!;
    const credentials = {accessKeyId: AccessKeyId!, secretAccessKey: SecretAccessKey!, sessionToken: SessionToken!};
    const stranger = await awsClients({endpoint, region, credentials}).cloudFormation();
    const update = {StackName: 'orders', ChangeSetName: 'other', UsePreviousTemplate: true};
    await expect(stranger.createChangeSet(update)).rejects.toThrow(
      /Transform AWS::Include failed with: .*not authorized to perform: s3:GetObject on resource/,
    );
  } finally {
    await cloud.close();
  }
});
