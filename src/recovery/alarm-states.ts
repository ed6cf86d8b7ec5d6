import type {MetricAlarm} from '@aws-sdk/client-cloudwatch';
import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import type {StackResource} from '../aws/stack-resources.ts';

export interface AlarmState {
  readonly logicalId: string;
  readonly name: string;
  /** `OK`, `ALARM`, `INSUFFICIENT_DATA`, and `Missing` for one that somebody deleted. */
  readonly state: string;
  readonly reason: string | undefined;
  readonly since: Date | undefined;
}

/** The alarms of a stack, as CloudWatch has them. */
export async function alarmStates(
  clients: AwsClients,
  resources: readonly StackResource[],
): Promise<readonly AlarmState[]> {
  const own = resources.filter(({type}) => type === 'AWS::CloudWatch::Alarm');
  const found = new Map<string, MetricAlarm>();
  try {
    const cloudWatch = await clients.cloudWatch();
    // DescribeAlarms takes a hundred names.
    for (let start = 0; start < own.length; start += 100) {
      const AlarmNames = own.slice(start, start + 100).map(({physicalId}) => physicalId);
      const {MetricAlarms = []} = await cloudWatch.describeAlarms({AlarmNames, MaxRecords: 100});
      for (const alarm of MetricAlarms) found.set(alarm.AlarmName!, alarm);
    }
  } catch (error) {
    throw describeAwsError(error, 'read the alarms');
  }
  return own.map(({logicalId, physicalId: name}) => {
    const {StateValue, StateReason, StateUpdatedTimestamp} = found.get(name) ?? {};
    return {logicalId, name, state: StateValue ?? 'Missing', reason: StateReason, since: StateUpdatedTimestamp};
  });
}
