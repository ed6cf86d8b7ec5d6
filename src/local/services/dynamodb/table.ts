/** A table as it is stored: what DescribeTable says of it, and what stands beside that description. */
export interface Table {
  readonly description: EngineTable;
  readonly tags: Readonly<Record<string, string>>;
  /** The attribute whose epoch seconds say when an item expires. */
  readonly timeToLive?: string;
  readonly pointInTimeRecovery?: {readonly days: number /** Epoch seconds. */; readonly since: number};
}

/** The members of a TableDescription that the engine reads, in AWS's spelling. */
export interface EngineTable {
  readonly TableName: string;
  readonly TableArn: string;
  readonly TableId: string;
  readonly TableStatus: 'CREATING' | 'ACTIVE' | 'DELETING';
  /** Epoch seconds. */
  readonly CreationDateTime: number;
  readonly AttributeDefinitions: readonly AttributeDefinition[];
  readonly KeySchema: readonly KeySchemaElement[];
  readonly ProvisionedThroughput: Throughput;
  readonly BillingModeSummary?: {readonly BillingMode: string; readonly LastUpdateToPayPerRequestDateTime?: number};
  readonly LocalSecondaryIndexes?: readonly SecondaryIndex[];
  readonly GlobalSecondaryIndexes?: readonly SecondaryIndex[];
  readonly DeletionProtectionEnabled: boolean;
  readonly SSEDescription?: {readonly Status: string; readonly SSEType: string; readonly KMSMasterKeyArn: string};
  readonly TableClassSummary?: {readonly TableClass: string};
  /** Only while the stream is on. */
  readonly StreamSpecification?: {readonly StreamEnabled: true; readonly StreamViewType: StreamViewType};
  /** Of the last stream, also once it is off. */
  readonly LatestStreamArn?: string;
  readonly LatestStreamLabel?: string;
}

export type StreamViewType = 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES' | 'KEYS_ONLY';

export interface AttributeDefinition {
  readonly AttributeName: string;
  readonly AttributeType: string;
}

export interface KeySchemaElement {
  readonly AttributeName: string;
  readonly KeyType: string;
}

export interface Throughput {
  readonly ReadCapacityUnits: number;
  readonly WriteCapacityUnits: number;
  readonly NumberOfDecreasesToday?: number;
}

export interface SecondaryIndex {
  readonly IndexName: string;
  readonly KeySchema: readonly KeySchemaElement[];
  readonly Projection: {readonly ProjectionType: string; readonly NonKeyAttributes?: readonly string[]};
  readonly IndexArn: string;
  /** Global indexes only. */
  readonly IndexStatus?: string;
  readonly ProvisionedThroughput?: Throughput;
}
