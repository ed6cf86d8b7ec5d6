/** A record as GetRecords answers it. */
export interface ReadRecord {
  readonly eventID: string;
  readonly eventName: string;
  readonly eventVersion: string;
  readonly eventSource: string;
  readonly awsRegion: string;
  readonly dynamodb: {
    /** Whole seconds since the epoch. */
    readonly ApproximateCreationDateTime: number;
    readonly Keys: object;
    readonly SequenceNumber: string;
  };
  readonly userIdentity?: {readonly Type: string; readonly PrincipalId: string};
}

/** A record on its way to a function. */
export interface PendingRecord {
  readonly sequence: string;
  /** When its item was written, in milliseconds. */
  readonly createdAt: number;
  /** As the function gets it, in JSON. */
  readonly json: string;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html */
export function eventRecord({userIdentity, ...record}: ReadRecord, streamArn: string): object {
  return {
    ...record,
    ...(userIdentity && {userIdentity: {type: userIdentity.Type, principalId: userIdentity.PrincipalId}}),
    eventSourceARN: streamArn,
  };
}
