import {afterAll, beforeAll, expect, test} from 'vitest';
import {type AwsClients, awsClients} from '../../../src/aws/clients.ts';
import {nestedResources} from '../../../src/aws/nested-resources.ts';
import {approveServices} from '../../../src/cli/approve-services.ts';
import type {ServiceConnections} from '../../../src/cli/service-connections.ts';
import {serviceRoad} from '../../../src/cli/service-road.ts';
import type {ServicesDisplay} from '../../../src/cli/show-services.ts';
import {deployServices} from '../../../src/deploy/all/deploy-services.ts';
import {orderServices} from '../../../src/deploy/all/service-graph.ts';
import {planOf} from '../../../src/deploy/all/services-plan.ts';
import {type LocalCloud, startLocalCloud} from '../../../src/local/cloud.ts';
import {findServices} from '../../../src/project/find-services.ts';
import {writeRepository} from './repository.ts';

/** archive keeps what it has in a nested stack, and takes an output of orders. */
const repository = writeRepository({
  'orders/gear.yaml': 'service: orders\n',
  'archive/gear.yaml': '',
  'archive/template.yaml': '',
  'archive/storage.yaml': '',
  'orders/template.yaml': '',
});
let cloud: LocalCloud;
let clients: AwsClients;
beforeAll(async () => {
  cloud = await startLocalCloud();
  clients = awsClients(cloud);
});
afterAll(async () => {
  await cloud.close();
  repository.remove();
});

interface Archive {
  readonly queue: string;
  readonly more?: string;
}

/** `output` is what archive takes: under another name than before, orders has to be deployed first. */
function write(output: string, {queue, more = ''}: Archive): void {
  repository.write(
    'orders/template.yaml',
    `Resources: {Orders: {Type: AWS::SNS::Topic}}\nOutputs: {${output}: {Value: '7'}}\n`,
  );
  repository.write('archive/gear.yaml', `service: archive\nparameters: {Delay: "\${orders.${output}}"}\n`);
  repository.write(
    'archive/template.yaml',
    `Parameters: {Delay: {Type: String}}
Resources:
  Storage:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: storage.yaml, Parameters: {Delay: !Ref Delay}}
`,
  );
  repository.write(
    'archive/storage.yaml',
    `Parameters: {Delay: {Type: String}}
Resources:
  Queue: {Type: AWS::SQS::Queue, Properties: ${queue}}
  Letters: {Type: AWS::SQS::Queue}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      Policies:
        - PolicyName: queue
          PolicyDocument:
            Statement: [{Effect: Allow, Action: [sqs:SendMessage${more}], Resource: !GetAtt Letters.Arn}]
`,
  );
}

/** What `gear deploy --all --local` does, with `--plan`, or with the plan of this hash. */
async function deploy(planHash?: string) {
  const display = {prepared() {}, show() {}, note() {}} as unknown as ServicesDisplay;
  const {account, region, endpoint} = cloud;
  const connections = {
    of: async () => ({clients, identity: {account, region, endpoint, arn: ''}, notes: []}),
  } as unknown as ServiceConnections;
  const flags = {local: true, yes: false, plan: planHash === undefined, 'approve-plan': planHash};
  const {signal} = new AbortController();
  const all = findServices(repository.folder, undefined);
  const nodes = orderServices(all);
  const outcomes = await deployServices(nodes, all, await serviceRoad(connections, flags, display, signal), {
    concurrency: 2,
    planOnly: planHash === undefined,
    planHash,
    signal,
    approve: (reviews, later, beyond = []) => approveServices({reviews, later, beyond}, flags, display, signal),
    onOutcome() {},
    onLeft() {},
  });
  const archive = outcomes.find(({service}) => service === 'archive')!;
  return {archive, hash: planOf(nodes, outcomes)?.hash};
}

async function planned() {
  const {archive, hash} = await deploy();
  if (archive.status !== 'unknown') throw new Error(`archive is ${archive.status}`);
  const {changes, permissions, place} = archive.draft;
  return {
    hash,
    place,
    changes: changes.map(({action, logicalId}) => `${action} ${logicalId}`),
    widened: permissions.filter(({verdict}) => verdict === 'widened').map(({name}) => name),
  };
}

test('a plan sees into the nested stack of a service that waits for another, and is executed', async () => {
  write('Delay', {queue: '{}'});
  const first = await planned();
  expect(first.changes).toEqual(['Add Storage', 'Add Storage/Queue', 'Add Storage/Letters', 'Add Storage/Role']);
  expect(first.widened).toEqual(['Storage/Role']);
  expect((await deploy(first.hash)).archive).toMatchObject({status: 'deployed'});
});

test('of what stands it is said what the output reaches, and what is written otherwise', async () => {
  write('Slowly', {queue: '{DelaySeconds: !Ref Delay}', more: ', sqs:ReceiveMessage'});
  const {hash, changes, widened} = await planned();
  expect(changes).toEqual(['Modify Storage', 'Modify Storage/Queue', 'Modify Storage/Role']);
  expect(widened).toEqual(['Storage/Role']);
  expect((await deploy(hash)).archive).toMatchObject({status: 'deployed'});
  const resources = await nestedResources(clients, 'archive');
  const {physicalId: QueueUrl} = resources.find(({logicalId}) => logicalId === 'Storage/Queue')!;
  const {Attributes} = await (await clients.sqs()).getQueueAttributes({QueueUrl, AttributeNames: ['DelaySeconds']});
  expect(Attributes).toEqual({DelaySeconds: '7'});
});

test('what the output turns out to do beyond that in the nested stack is refused', async () => {
  write('Name', {
    queue: '{DelaySeconds: 7, QueueName: !Join ["-", [archive, !Ref Delay]]}',
    more: ', sqs:ReceiveMessage',
  });
  const {hash, changes} = await planned();
  expect(changes).toEqual(['Modify Storage', 'Modify Storage/Queue']);
  const {archive} = await deploy(hash);
  expect(archive).toMatchObject({
    status: 'failed',
    error: {
      code: 'BEYOND_REVIEW',
      message: 'archive would change in another way than was reviewed: Storage/Queue is replaced',
    },
  });
  const {Summaries} = await (await clients.cloudFormation()).listChangeSets({StackName: 'archive'});
  expect(Summaries).toEqual([]);
});
