import {ServiceError} from '../../service-error.ts';
import {alarmArn, dashboardArn} from './arns.ts';
import type {CloudwatchStore} from './store.ts';

type Tags = Readonly<Record<string, string>>;

/** The tags of the alarm or dashboard that an ARN names, and how to replace them. */
export function taggedBy(arn: string, store: CloudwatchStore): {readonly tags: Tags; replace(tags: Tags): void} {
  for (const alarm of store.alarms.values())
    if (alarmArn(alarm.name, store) === arn)
      return {tags: alarm.tags, replace: tags => store.alarms.set(alarm.name, {...alarm, tags})};
  for (const dashboard of store.dashboards.values())
    if (dashboardArn(dashboard.name, store) === arn)
      return {tags: dashboard.tags, replace: tags => store.dashboards.set(dashboard.name, {...dashboard, tags})};
  throw new ServiceError('ResourceNotFoundException', `Unknown resource: ${arn}`, {status: 404});
}
