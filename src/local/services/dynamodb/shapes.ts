import {boolean, document, integer, list, map, required, string, structure} from '../../shape.ts';
import {tagList} from '../../tag-list.ts';

/** Attribute values stay as they came, base64 and all: dynalite's core checks them with DynamoDB's messages. */
export const attributes = document;

export const condition = {
  ConditionExpression: string,
  ExpressionAttributeNames: map(string),
  ExpressionAttributeValues: attributes,
  ReturnValuesOnConditionCheckFailure: string,
};

/** The conditions of before there were expressions. */
export const legacyCondition = {Expected: document, ConditionalOperator: string};

export const returns = {
  ReturnValues: string,
  ReturnConsumedCapacity: string,
  /** `SIZE` is refused: item collections are not measured. */
  ReturnItemCollectionMetrics: string,
};

const throughput = structure({ReadCapacityUnits: integer, WriteCapacityUnits: integer});
const attributeDefinitions = list(structure({AttributeName: string, AttributeType: string}));
const keySchema = list(structure({AttributeName: string, KeyType: string}));

const localIndex = {
  IndexName: string,
  KeySchema: keySchema,
  Projection: structure({ProjectionType: string, NonKeyAttributes: list(string)}),
};
const globalIndex = {...localIndex, ProvisionedThroughput: throughput};

/** Only the key that AWS owns or manages; `KMSMasterKeyId` is refused where it names another. */
const encryption = structure({Enabled: boolean, SSEType: string, KMSMasterKeyId: string});

const streamSpecification = structure({StreamEnabled: boolean, StreamViewType: string});

/** Warm and on-demand throughput, resource policies and replicas are refused by name. */
export const createTableInput = structure({
  TableName: required(string),
  AttributeDefinitions: attributeDefinitions,
  KeySchema: keySchema,
  LocalSecondaryIndexes: list(structure(localIndex)),
  GlobalSecondaryIndexes: list(structure(globalIndex)),
  BillingMode: string,
  /** Kept and described; this table throttles nobody. */
  ProvisionedThroughput: throughput,
  SSESpecification: encryption,
  StreamSpecification: streamSpecification,
  Tags: tagList,
  /** Kept and described; it decides a price. */
  TableClass: string,
  DeletionProtectionEnabled: boolean,
});

const indexUpdate = structure({
  Create: structure(globalIndex),
  Update: structure({IndexName: string, ProvisionedThroughput: throughput}),
  Delete: structure({IndexName: string}),
});

export const updateTableInput = structure({
  TableName: required(string),
  AttributeDefinitions: attributeDefinitions,
  BillingMode: string,
  ProvisionedThroughput: throughput,
  GlobalSecondaryIndexUpdates: list(indexUpdate),
  SSESpecification: encryption,
  StreamSpecification: streamSpecification,
  TableClass: string,
  DeletionProtectionEnabled: boolean,
});

const target = {TableName: required(string), Key: required(attributes), ...condition};
export const transactWriteItem = structure({
  ConditionCheck: structure({...target, ConditionExpression: required(string)}),
  Put: structure({TableName: required(string), Item: required(attributes), ...condition}),
  Delete: structure(target),
  Update: structure({...target, UpdateExpression: required(string)}),
});
