import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {AwsClients} from '../../src/aws/clients.ts';
import {stackResources} from '../../src/aws/stack-resources.ts';
import {deployService} from '../../src/deploy/deploy-service.ts';
import {planDestruction} from '../../src/deploy/destroy-plan.ts';
import {destroyStack} from '../../src/deploy/destroy-stack.ts';
import {detectDrift} from '../../src/deploy/detect-drift.ts';
import {diffService} from '../../src/deploy/diff/diff-service.ts';
import {executePlan} from '../../src/deploy/execute-plan.ts';
import {functionStates} from '../../src/deploy/function-states.ts';
import {hotswap} from '../../src/deploy/hotswap.ts';
import {lastFailure} from '../../src/deploy/last-failure.ts';
import {undoHotswaps} from '../../src/deploy/undo-hotswaps.ts';
import type {LocalCloud} from '../../src/local/cloud.ts';

const text = `Parameters:
  Delay: {Type: Number}
Resources:
  Receipts: {Type: AWS::S3::Bucket}
  Inbox: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: !Ref Delay}}
  SaveRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
  Save:
    Type: AWS::Lambda::Function
    Properties: {Runtime: nodejs24.x, Handler: index.handler, Role: !GetAtt SaveRole.Arn, Code: ./code}
Outputs:
  Receipts: {Value: !Ref Receipts}
`;

/** A service on disk, and each thing that gear does with it, as whoever the clients are. */
export function serviceOnDisk(cloud: LocalCloud, stackName = 'orders') {
  const folder = mkdtempSync(join(tmpdir(), 'gear-flaky-'));
  const template = join(folder, 'template.yaml');
  mkdirSync(join(folder, 'code'));
  const code = (release: number) =>
    writeFileSync(join(folder, 'code/index.mjs'), `export const handler = async () => ${release};`);
  writeFileSync(template, text);
  code(1);
  const {account, region, endpoint} = cloud;
  const identity = {account, region, endpoint, arn: ''};
  const about = {
    service: 'orders',
    stackName,
    template,
    prebuilt: false,
    fallbackModules: [],
    pollMilliseconds: 2,
    onEvent: () => {},
  };
  const deploy = async (clients: AwsClients, delay: number, approve: () => Promise<true | 'keep'>) => {
    await undoHotswaps(clients, stackName, 2);
    return deployService(clients, identity, {...about, parameters: {Delay: String(delay)}, approve});
  };
  return {
    code,
    remove: () => rmSync(folder, {recursive: true, force: true}),
    deploy: (clients: AwsClients, delay: number) => deploy(clients, delay, async () => true),
    /** With its hash, which `approve` takes. */
    async plan(clients: AwsClients, delay: number) {
      const {plan, status} = await deploy(clients, delay, async () => 'keep');
      return {status, hash: plan!.hash};
    },
    approve: (clients: AwsClients, hash: string) =>
      executePlan(clients, {
        ...about,
        hash,
        file: template,
        text: readFileSync(template, 'utf8'),
        confirm: () => {},
      }),
    hotswap: (clients: AwsClients, delay: number) =>
      hotswap(clients, identity, {...about, parameters: {Delay: String(delay)}}),
    async look(clients: AwsClients, delay: number) {
      const {packaged: _, ...diff} = await diffService(clients, identity, {
        ...about,
        parameters: {Delay: String(delay)},
      });
      const resources = await stackResources(clients, stackName);
      const functions = await functionStates(clients, resources);
      const failure = await lastFailure(clients, stackName);
      return {
        diff,
        drift: await detectDrift(clients, {stackName, pollMilliseconds: 2}),
        functions: functions.map(({state}) => state),
        failure: failure?.logicalId,
      };
    },
    async destroy(clients: AwsClients) {
      const plan = await planDestruction(clients, stackName, account);
      return plan && destroyStack(clients, {plan, owner: account, pollMilliseconds: 2, onEvent: () => {}});
    },
  };
}

export async function fillBucket(clients: AwsClients, stackName = 'orders') {
  const s3 = await clients.s3();
  const {Buckets = []} = await s3.listBuckets({});
  const {Name: Bucket} = Buckets.find(({Name}) => Name!.startsWith(`${stackName}-`))!;
  for (const Key of ['1.json', '2.json']) await s3.putObject({Bucket, Key, Body: '{}'});
}

/** What is there, as a steady client finds it. */
export async function standing(clients: AwsClients, stackName = 'orders') {
  const [client, sqs, lambda, s3, iam] = await Promise.all([
    clients.cloudFormation(),
    clients.sqs(),
    clients.lambda(),
    clients.s3(),
    clients.iam(),
  ]);
  const [{Stacks = []}, {QueueUrls = []}, {Functions = []}, {Buckets = []}, {Roles = []}] = await Promise.all([
    client.describeStacks({}),
    sqs.listQueues({QueueNamePrefix: stackName}),
    lambda.listFunctions({}),
    s3.listBuckets({}),
    iam.listRoles({}),
  ]);
  const open = await Promise.all(Stacks.map(({StackName}) => client.listChangeSets({StackName})));
  const delays = await Promise.all(
    QueueUrls.map(QueueUrl => sqs.getQueueAttributes({QueueUrl, AttributeNames: ['DelaySeconds']})),
  );
  const own = (name: string | undefined) => name?.startsWith(`${stackName}-`) === true;
  return {
    status: Stacks.find(({StackName}) => StackName === stackName)?.StackStatus,
    unborn: Stacks.filter(({StackStatus}) => StackStatus === 'REVIEW_IN_PROGRESS').length,
    changeSets: open.flatMap(({Summaries = []}) => Summaries).length,
    delays: delays.map(({Attributes}) => Number(Attributes?.DelaySeconds)),
    functions: Functions.filter(({FunctionName}) => own(FunctionName)).map(({CodeSha256}) => CodeSha256),
    buckets: Buckets.filter(({Name}) => own(Name)).length,
    roles: Roles.filter(({RoleName}) => own(RoleName)).length,
  };
}
