import {ConditionalCheckFailedException} from '@aws-sdk/client-dynamodb';
import {type DynamoDBDocumentClient, UpdateCommand, type UpdateCommandInput} from '@aws-sdk/lib-dynamodb';
import type {Cause} from '../../lib/failure.ts';

/** The states of requests, as `process` moves them on. */
export interface RequestTable {
  /**
   * Takes a request up, for as long as one invocation may last. `owner` may take up again what it did not finish;
   * anybody else has to wait until it has let go or its time is over.
   */
  claim(requestId: string, owner: string): Promise<'claimed' | 'ended' | InOtherHands>;
  /** Lets go of a request whose attempt failed. */
  release(requestId: string, owner: string, cause: Cause): Promise<void>;
  end(requestId: string, end: Ended): Promise<void>;
}

/** In seconds since the epoch: nobody else can take the request up before. */
export interface InOtherHands {
  readonly until: number;
}

interface InTheWay {
  readonly status: string | undefined;
  readonly claimedUntil: number;
}

export type Ended =
  | {readonly status: 'DONE'; readonly result: Record<string, unknown>}
  | {readonly status: 'FAILED'; readonly cause: Cause}
  | {readonly status: 'EXPIRED'};

export function requestTable(
  {client, name}: {readonly client: DynamoDBDocumentClient; readonly name: string},
  {leaseSeconds, retentionSeconds}: {readonly leaseSeconds: number; readonly retentionSeconds: number},
): RequestTable {
  const seconds = () => Math.floor(Date.now() / 1000);

  /** What was in the way, or `undefined` when the row was changed. */
  async function update(
    requestId: string,
    {set, condition}: {set: Readonly<Record<string, unknown>>; condition: string},
    values: Readonly<Record<string, unknown>> = {},
    add = '',
  ): Promise<InTheWay | undefined> {
    const names = ['status', ...Object.keys(set)];
    const input: UpdateCommandInput = {
      TableName: name,
      Key: {requestId},
      UpdateExpression: `SET ${Object.keys(set)
        .map(attribute => `#${attribute} = :${attribute}`)
        .join(', ')}${add}`,
      ConditionExpression: condition,
      ExpressionAttributeNames: Object.fromEntries(names.map(attribute => [`#${attribute}`, attribute])),
      ExpressionAttributeValues: {
        ...Object.fromEntries(Object.entries(set).map(([attribute, value]) => [`:${attribute}`, value])),
        ...values,
      },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    };
    try {
      await client.send(new UpdateCommand(input));
      return undefined;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      const {status, claimedUntil} = error.Item ?? {};
      return {status: status?.S, claimedUntil: Number(claimedUntil?.N ?? 0)};
    }
  }

  return {
    async claim(requestId, owner) {
      const now = seconds();
      const set = {
        status: 'PROCESSING',
        claimedBy: owner,
        claimedUntil: now + leaseSeconds,
        updatedAt: new Date().toISOString(),
      };
      const found = await update(
        requestId,
        {
          set,
          condition: '#status = :pending OR (#status = :status AND (#claimedUntil <= :now OR #claimedBy = :claimedBy))',
        },
        {':pending': 'PENDING', ':now': now, ':one': 1},
        ' ADD attempts :one',
      );
      if (found === undefined) return 'claimed';
      return found.status === 'PROCESSING' ? {until: found.claimedUntil} : 'ended';
    },
    async release(requestId, owner, cause) {
      await update(
        requestId,
        {
          set: {claimedUntil: 0, cause, updatedAt: new Date().toISOString()},
          condition: '#status = :processing AND claimedBy = :owner',
        },
        {':processing': 'PROCESSING', ':owner': owner},
      );
    },
    async end(requestId, end) {
      await update(
        requestId,
        {
          set: {...end, expiresAt: seconds() + retentionSeconds, updatedAt: new Date().toISOString()},
          condition: '#status IN (:pending, :processing)',
        },
        {':pending': 'PENDING', ':processing': 'PROCESSING'},
      );
    },
  };
}
