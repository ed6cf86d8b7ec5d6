import {isDeepStrictEqual} from 'node:util';
import {boolean, type Infer, integer, list, required, string, structure} from '../../shape.ts';
import {tagList} from '../../tag-list.ts';
import {defineResource, type ResourceContext} from '../resource-type.ts';
import {tagChanges} from '../tags.ts';

const keySchema = list(structure({AttributeName: required(string), KeyType: required(string)}));
const projection = structure({NonKeyAttributes: list(string), ProjectionType: string});
const throughput = structure({ReadCapacityUnits: required(integer), WriteCapacityUnits: required(integer)});
const properties = structure({
  AttributeDefinitions: required(list(structure({AttributeName: required(string), AttributeType: required(string)}))),
  BillingMode: string,
  DeletionProtectionEnabled: boolean,
  GlobalSecondaryIndexes: list(
    structure({
      IndexName: required(string),
      KeySchema: required(keySchema),
      Projection: required(projection),
      ProvisionedThroughput: throughput,
    }),
  ),
  KeySchema: required(keySchema),
  LocalSecondaryIndexes: list(
    structure({IndexName: required(string), KeySchema: required(keySchema), Projection: required(projection)}),
  ),
  PointInTimeRecoverySpecification: structure({PointInTimeRecoveryEnabled: boolean, RecoveryPeriodInDays: integer}),
  ProvisionedThroughput: throughput,
  SSESpecification: structure({KMSMasterKeyId: string, SSEEnabled: required(boolean), SSEType: string}),
  StreamSpecification: structure({StreamViewType: required(string)}),
  TableClass: string,
  TableName: string,
  Tags: tagList,
  TimeToLiveSpecification: structure({AttributeName: string, Enabled: required(boolean)}),
});
type Properties = Infer<typeof properties>;

export const dynamodbTable = defineResource({
  type: 'AWS::DynamoDB::Table',
  properties,
  createOnly: ['TableName', 'KeySchema', 'LocalSecondaryIndexes'],
  nameProperty: 'TableName',
  attributes: ['Arn', 'StreamArn'],
  async create(table, context) {
    const {PointInTimeRecoverySpecification, TimeToLiveSpecification, SSESpecification, StreamSpecification, ...rest} =
      table;
    const TableName = table.TableName ?? context.name({longest: 255});
    const {TableDescription} = await context.call<Described>('dynamodb', 'CreateTable', {
      ...rest,
      TableName,
      ...encryption(SSESpecification),
      ...(StreamSpecification && {StreamSpecification: {...StreamSpecification, StreamEnabled: true}}),
    });
    context.created(TableName);
    await setTimeToLive(TableName, undefined, TimeToLiveSpecification, context);
    if (PointInTimeRecoverySpecification !== undefined)
      await context.call('dynamodb', 'UpdateContinuousBackups', {TableName, PointInTimeRecoverySpecification});
    return {id: TableName, attributes: {Arn: tableArn(TableName, context), ...streamArn(TableDescription)}};
  },
  async update({id: TableName, properties: before, attributes}, after, context) {
    await changeTable(TableName, before, after, context);
    const stream = await changeStream(TableName, before.StreamSpecification, after.StreamSpecification, context);
    await setTimeToLive(TableName, before.TimeToLiveSpecification, after.TimeToLiveSpecification, context);
    const recovery = after.PointInTimeRecoverySpecification;
    if (!isDeepStrictEqual(before.PointInTimeRecoverySpecification, recovery))
      await context.call('dynamodb', 'UpdateContinuousBackups', {
        TableName,
        PointInTimeRecoverySpecification: recovery ?? {PointInTimeRecoveryEnabled: false},
      });
    const {set, removed} = tagChanges(before.Tags, after.Tags);
    const {StreamArn, Arn: ResourceArn} = attributes;
    if (set.length > 0) await context.call('dynamodb', 'TagResource', {ResourceArn, Tags: set});
    if (removed.length > 0) await context.call('dynamodb', 'UntagResource', {ResourceArn, TagKeys: removed});
    const current = stream ?? (StreamArn === undefined ? {} : {StreamArn});
    return {id: TableName, attributes: {Arn: ResourceArn, ...current}};
  },
  async delete({id: TableName}, context) {
    await context.call('dynamodb', 'DeleteTable', {TableName});
  },
});

interface Described {
  readonly TableDescription: {readonly LatestStreamArn?: string};
}

/** The attribute is there only for a table that has a stream. */
function streamArn({LatestStreamArn}: Described['TableDescription']): {StreamArn?: string} {
  return LatestStreamArn === undefined ? {} : {StreamArn: LatestStreamArn};
}

/** Another view is another stream, with an ARN of its own. Undefined when nothing changes. */
async function changeStream(
  TableName: string,
  before: Properties['StreamSpecification'],
  after: Properties['StreamSpecification'],
  context: ResourceContext,
): Promise<{StreamArn?: string} | undefined> {
  if (isDeepStrictEqual(before, after)) return undefined;
  const set = (specification: object) =>
    context.call<Described>('dynamodb', 'UpdateTable', {TableName, StreamSpecification: specification});
  if (before !== undefined) await set({StreamEnabled: false});
  if (after === undefined) return {};
  return streamArn((await set({...after, StreamEnabled: true})).TableDescription);
}

/** CloudFormation says SSEEnabled where the API says Enabled. */
function encryption(specification: Properties['SSESpecification']): object {
  if (specification === undefined) return {};
  const {SSEEnabled, ...rest} = specification;
  return {SSESpecification: {...rest, Enabled: SSEEnabled}};
}

async function changeTable(
  TableName: string,
  before: Properties,
  after: Properties,
  context: ResourceContext,
): Promise<void> {
  const change: Record<string, unknown> = {};
  if (before.BillingMode !== after.BillingMode) change.BillingMode = after.BillingMode ?? 'PROVISIONED';
  if (!isDeepStrictEqual(before.ProvisionedThroughput, after.ProvisionedThroughput) && after.ProvisionedThroughput)
    change.ProvisionedThroughput = after.ProvisionedThroughput;
  if (before.DeletionProtectionEnabled !== after.DeletionProtectionEnabled)
    change.DeletionProtectionEnabled = after.DeletionProtectionEnabled ?? false;
  if (before.TableClass !== after.TableClass) change.TableClass = after.TableClass ?? 'STANDARD';
  if (!isDeepStrictEqual(before.SSESpecification, after.SSESpecification))
    Object.assign(change, encryption(after.SSESpecification ?? {SSEEnabled: false}));
  if (Object.keys(change).length > 0) await context.call('dynamodb', 'UpdateTable', {TableName, ...change});
  // The API makes or drops one index at a time.
  const {AttributeDefinitions} = after;
  for (const update of indexUpdates(before.GlobalSecondaryIndexes ?? [], after.GlobalSecondaryIndexes ?? []))
    await context.call('dynamodb', 'UpdateTable', {
      TableName,
      AttributeDefinitions,
      GlobalSecondaryIndexUpdates: [update],
    });
}

type Indexes = NonNullable<Properties['GlobalSecondaryIndexes']>;

function indexUpdates(before: Indexes, after: Indexes): object[] {
  const same = (a: Indexes[number], b: Indexes[number] | undefined) => isDeepStrictEqual(a, b);
  const named = (indexes: Indexes, name: string) => indexes.find(({IndexName}) => IndexName === name);
  return [
    ...before
      .filter(index => !same(index, named(after, index.IndexName)))
      .map(({IndexName}) => ({Delete: {IndexName}})),
    ...after.filter(index => !same(index, named(before, index.IndexName))).map(index => ({Create: index})),
  ];
}

async function setTimeToLive(
  TableName: string,
  before: Properties['TimeToLiveSpecification'],
  after: Properties['TimeToLiveSpecification'],
  context: ResourceContext,
): Promise<void> {
  if (isDeepStrictEqual(before, after)) return;
  // One attribute has to be let go of before another can be taken.
  if (before?.Enabled === true)
    await context.call('dynamodb', 'UpdateTimeToLive', {
      TableName,
      TimeToLiveSpecification: {...before, Enabled: false},
    });
  if (after?.Enabled === true)
    await context.call('dynamodb', 'UpdateTimeToLive', {TableName, TimeToLiveSpecification: after});
}

function tableArn(name: string, {region, account}: ResourceContext): string {
  return `arn:aws:dynamodb:${region}:${account}:table/${name}`;
}
