import {expect, test} from 'vitest';
import type {AwsClients} from '../../src/aws/clients.ts';
import {planDestruction} from '../../src/deploy/destroy-plan.ts';
import {type DestroyEvent, destroyStack} from '../../src/deploy/destroy-stack.ts';
import {destroyLine} from '../../src/report/destroy.ts';

/** What the embedded AWS has not: nested stacks, and network interfaces that linger. */
const shop = 'arn:aws:cloudformation:eu-west-1:000000000000:stack/shop/1';
const storage = 'arn:aws:cloudformation:eu-west-1:000000000000:stack/shop-Storage/2';

const templates: Readonly<Record<string, object>> = {
  [shop]: {
    Accept: {Type: 'AWS::Lambda::Function', Properties: {VpcConfig: {}}},
    Storage: {Type: 'AWS::CloudFormation::Stack'},
  },
  [storage]: {
    Archive: {Type: 'AWS::S3::Bucket', DeletionPolicy: 'Retain'},
    Inbox: {Type: 'AWS::S3::Bucket'},
    Report: {Type: 'AWS::Lambda::Function', Properties: {VpcConfig: {}}},
  },
};
const ids: Readonly<Record<string, string>> = {Storage: storage};

/** Deletes the stack once it has been asked for the interfaces as often as there are answers. */
function account(answers: readonly (readonly string[])[], status = 'CREATE_COMPLETE') {
  const asked: unknown[] = [];
  const emptied: string[] = [];
  let state = status;
  const events: Record<string, object[]> = {[shop]: [], [storage]: []};
  const add = (StackId: string, LogicalResourceId: string, ResourceStatus: string) => {
    const ResourceType = Object.entries(templates[StackId]!).find(([id]) => id === LogicalResourceId)?.[1].Type;
    events[StackId]!.unshift({
      StackId,
      EventId: `${StackId} ${events[StackId]!.length}`,
      Timestamp: new Date(),
      LogicalResourceId,
      PhysicalResourceId: LogicalResourceId === 'shop' ? StackId : (ids[LogicalResourceId] ?? LogicalResourceId),
      ResourceType: ResourceType ?? 'AWS::CloudFormation::Stack',
      ResourceStatus,
    });
  };
  const cloudFormation = {
    describeStacks: async ({StackName}: {StackName: string}) => ({
      Stacks: [{StackId: shop, StackName: 'shop', StackStatus: StackName.includes('shop') ? state : '', Outputs: []}],
    }),
    getTemplate: async ({StackName}: {StackName: string}) => ({
      TemplateBody: JSON.stringify({Resources: templates[StackName]}),
    }),
    listStackResources: async ({StackName}: {StackName: string}) => ({
      StackResourceSummaries: Object.entries(templates[StackName]!).map(([LogicalResourceId, {Type}]) => ({
        LogicalResourceId,
        PhysicalResourceId: ids[LogicalResourceId] ?? LogicalResourceId,
        ResourceType: Type,
        ResourceStatus: status,
      })),
    }),
    describeStackEvents: async ({StackName}: {StackName: string}) => ({StackEvents: events[StackName]}),
    async deleteStack() {
      state = 'DELETE_IN_PROGRESS';
      add(shop, 'Storage', 'DELETE_IN_PROGRESS');
      add(storage, 'Archive', 'DELETE_SKIPPED');
      add(storage, 'Report', 'DELETE_IN_PROGRESS');
    },
  };
  const s3 = {
    listObjectVersions: async () => ({}),
    listMultipartUploads: async ({Bucket}: {Bucket: string}) => {
      emptied.push(Bucket);
      return {};
    },
  };
  const ec2 = {
    async send({input}: {input: unknown}) {
      asked.push(input);
      const answer = answers[asked.length - 1];
      if (asked.length >= answers.length && state !== 'DELETE_COMPLETE') {
        add(storage, 'Report', 'DELETE_COMPLETE');
        add(shop, 'shop', 'DELETE_COMPLETE');
        state = 'DELETE_COMPLETE';
      }
      if (answer === undefined) throw new Error('not allowed');
      return {NetworkInterfaces: answer.map(NetworkInterfaceId => ({NetworkInterfaceId}))};
    },
  };
  // Only what a deletion asks for.
  const clients = {cloudFormation: async () => cloudFormation, s3: async () => s3, ec2: async () => ec2};
  return {clients: clients as unknown as AwsClients, asked, emptied};
}

async function destroy(answers: readonly (readonly string[])[]) {
  const aws = account(answers);
  const plan = (await planDestruction(aws.clients, 'shop', '000000000000'))!;
  const told: DestroyEvent[] = [];
  const onEvent = (event: DestroyEvent) => told.push(event);
  const destroyed = await destroyStack(aws.clients, {plan, owner: '000000000000', pollMilliseconds: 1, onEvent});
  const paint = (text: string) => text;
  const colours = {bold: paint, dim: paint, red: paint, yellow: paint, green: paint, cyan: paint};
  return {...aws, plan, destroyed, lines: told.map(event => destroyLine(event, colours))};
}

test('takes what nested stacks hold for what it is, under the name of its stack', async () => {
  const {plan, destroyed, emptied, lines} = await destroy([[]]);
  expect(plan.deleted.map(({logicalId}) => logicalId)).toEqual([
    'Accept',
    'Storage',
    'Storage/Inbox',
    'Storage/Report',
  ]);
  expect(plan.inNetwork).toEqual(['Accept', 'Storage/Report']);
  expect(new Set(emptied)).toEqual(new Set(['Inbox']));
  expect(destroyed.retained).toEqual([{logicalId: 'Storage/Archive', physicalId: 'Archive', type: 'AWS::S3::Bucket'}]);
  expect(lines).toContain('  DELETE_SKIPPED  Storage/Archive  AWS::S3::Bucket');
});

test('says which network interfaces a deletion waits for, and again only when they are others', async () => {
  const {asked, lines} = await destroy([['eni-2', 'eni-1'], ['eni-1', 'eni-2'], ['eni-2'], []]);
  expect(asked[0]).toEqual({Filters: [{Name: 'description', Values: ['AWS Lambda VPC ENI-Report-*']}]});
  expect(lines.filter(line => line?.includes('waits for'))).toEqual([
    '  Storage/Report waits for 2 network interfaces that Lambda gives back: eni-1, eni-2',
    '  Storage/Report waits for 1 network interface that Lambda gives back: eni-2',
  ]);
});

test('deletes all the same where nobody may ask for network interfaces', async () => {
  const {destroyed, lines} = await destroy([]);
  expect(destroyed.retained).toHaveLength(1);
  expect(lines.filter(line => line?.includes('waits for'))).toEqual([]);
});

test('keeps a nested stack whole or not at all: a resource within it cannot be named', async () => {
  const {clients, emptied} = account([], 'DELETE_FAILED');
  const plan = (...retain: string[]) => planDestruction(clients, 'shop', '000000000000', {retain});
  await expect(plan('Storage/Inbox')).rejects.toThrow(/--retain Storage\/Inbox: .* those of shop are Accept, Storage$/);
  expect((await plan('Storage'))?.buckets).toEqual([]);
  expect(emptied).toEqual([]);
});
