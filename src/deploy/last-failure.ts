import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import type {StackEvent} from './events.ts';
import {stackEvent} from './read-events.ts';
import {rootCause} from './root-cause.ts';

export interface LastFailure {
  readonly time: Date;
  /** With its path in a nested stack: `Storage/Table`. */
  readonly logicalId: string;
  readonly resourceType: string;
  readonly status: string;
  readonly reason: string | undefined;
  /** Something was done to the stack after it, and that did not fail. */
  readonly overcome: boolean;
}

/** A stack that is years old has tens of thousands of events, and what failed then is nobody's question. */
const pages = 20;

/** Why the last run that failed did, as far back as anybody would look. */
export async function lastFailure(clients: AwsClients, stackId: string): Promise<LastFailure | undefined> {
  const client = await clients.cloudFormation();
  const run: StackEvent[] = [];
  let overcome = false;
  try {
    for (let token: string | undefined, page = 0; page < pages; page++) {
      const {StackEvents = [], NextToken} = await client.describeStackEvents({StackName: stackId, NextToken: token});
      for (const event of StackEvents.map(each => stackEvent(each))) {
        run.unshift(event);
        if (!startsRun(event)) continue;
        const cause = rootCause(run);
        if (cause !== undefined) {
          const {time, logicalId, resourceType, status, reason} = cause;
          const inside = await failureInside(clients, cause, run[0]!.time);
          return {time, logicalId, resourceType, status, reason, ...inside, overcome};
        }
        overcome = true;
        run.length = 0;
      }
      if (NextToken === undefined) return undefined;
      token = NextToken;
    }
    return undefined;
  } catch (error) {
    throw describeAwsError(error, 'read the stack’s events');
  }
}

/** What a stack says of a nested one is that it failed; why, that one says, unless it never came to it. */
async function failureInside(
  clients: AwsClients,
  {logicalId, resourceType, physicalId, time}: StackEvent,
  since: Date,
): Promise<LastFailure | undefined> {
  if (resourceType !== 'AWS::CloudFormation::Stack' || !physicalId?.startsWith('arn:')) return undefined;
  const inner = await lastFailure(clients, physicalId);
  if (inner === undefined || inner.time < since || inner.time > time) return undefined;
  return {...inner, logicalId: `${logicalId}/${inner.logicalId}`};
}

/** A rollback and a clean-up belong to the run before them; a review does nothing. */
function startsRun({isStack, status}: StackEvent): boolean {
  return isStack && /^(CREATE|UPDATE|DELETE|IMPORT)_IN_PROGRESS$/.test(status);
}
