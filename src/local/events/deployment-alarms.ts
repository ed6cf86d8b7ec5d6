import type {Access} from '../access/access.ts';
import type {AssumedRole} from '../caller.ts';
import type {DeploymentRecord} from '../services/codedeploy/records.ts';

/** Names of the deployment's alarms that are in ALARM. One that does not exist is in no state, as on AWS. */
export async function activeAlarms(
  {alarmConfiguration, lifecycleEvents}: DeploymentRecord,
  role: AssumedRole,
  {access}: {readonly access: Pick<Access, 'call'>},
): Promise<readonly string[]> {
  const {enabled = false, ignorePollAlarmFailure = false, alarms = []} = alarmConfiguration ?? {};
  // What everything has been shifted to cannot be saved from by stopping.
  if (!enabled || lifecycleEvents.every(({status}) => status === 'Succeeded')) return [];
  try {
    const {MetricAlarms} = await access.call<{MetricAlarms: {AlarmName: string; StateValue: string}[]}>(
      role,
      'cloudwatch',
      'DescribeAlarms',
      {AlarmNames: alarms.map(({name}) => name)},
    );
    return MetricAlarms.filter(({StateValue}) => StateValue === 'ALARM').map(({AlarmName}) => AlarmName);
  } catch (error) {
    if (ignorePollAlarmFailure) return [];
    throw error;
  }
}
