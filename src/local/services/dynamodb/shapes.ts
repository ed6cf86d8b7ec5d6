import {boolean, document, integer, list, map, required, string, structure} from '../../shape.ts';

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

export const throughput = structure({ReadCapacityUnits: integer, WriteCapacityUnits: integer});
export const attributeDefinitions = list(structure({AttributeName: string, AttributeType: string}));
export const keySchema = list(structure({AttributeName: string, KeyType: string}));

export const localIndex = {
  IndexName: string,
  KeySchema: keySchema,
  Projection: structure({ProjectionType: string, NonKeyAttributes: list(string)}),
};
export const globalIndex = {...localIndex, ProvisionedThroughput: throughput};

/** Only the key that AWS owns or manages; `KMSMasterKeyId` is refused where it names another. */
export const encryption = structure({Enabled: boolean, SSEType: string, KMSMasterKeyId: string});

export const tags = list(structure({Key: required(string), Value: required(string)}));
