import type {StackEvent as AwsStackEvent} from '@aws-sdk/client-cloudformation';
import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import type {StackEvent} from './events.ts';
import {readReason} from './failure-reason.ts';

interface Since {
  /** Events up to this one are old. */
  readonly after?: string | undefined;
  /** Events before this time are old. */
  readonly from?: Date | undefined;
  readonly within?: readonly string[];
}

/** Oldest first. AWS answers newest first, in pages. */
export async function readEvents(
  clients: AwsClients,
  stackId: string,
  {after, from, within = []}: Since = {},
): Promise<StackEvent[]> {
  const client = await clients.cloudFormation();
  const found: StackEvent[] = [];
  try {
    for (let token: string | undefined; ; ) {
      const {StackEvents = [], NextToken} = await client.describeStackEvents({StackName: stackId, NextToken: token});
      for (const event of StackEvents) {
        if (event.EventId === after || (from !== undefined && event.Timestamp! < from)) return found.reverse();
        found.push(stackEvent(event, within));
      }
      if (NextToken === undefined) return found.reverse();
      token = NextToken;
    }
  } catch (error) {
    throw describeAwsError(error, 'read the stack’s events');
  }
}

/** The newest event's id, so that a run knows which events are its own. */
export async function newestEventId(clients: AwsClients, stackId: string): Promise<string | undefined> {
  try {
    const {StackEvents = []} = await (await clients.cloudFormation()).describeStackEvents({StackName: stackId});
    return StackEvents[0]?.EventId;
  } catch (error) {
    throw describeAwsError(error, 'read the stack’s events');
  }
}

export function stackEvent(event: AwsStackEvent, within: readonly string[] = []): StackEvent {
  const {HookType, HookStatus, HookStatusReason, HookFailureMode, ResourceStatusReason} = event;
  const reason = ResourceStatusReason === undefined ? undefined : readReason(ResourceStatusReason);
  return {
    type: 'stack-event',
    id: event.EventId!,
    time: event.Timestamp!,
    operationId: event.OperationId,
    clientRequestToken: event.ClientRequestToken,
    within,
    logicalId: event.LogicalResourceId!,
    physicalId: event.PhysicalResourceId,
    resourceType: event.ResourceType!,
    status: event.ResourceStatus!,
    reason: reason?.text,
    code: reason?.code,
    isStack: event.PhysicalResourceId === event.StackId,
    detail: event.DetailedStatus,
    hook:
      HookType === undefined
        ? undefined
        : {
            type: HookType,
            status: HookStatus ?? '',
            reason: HookStatusReason && readReason(HookStatusReason).text,
            refuses: HookFailureMode !== 'WARN',
          },
  };
}
