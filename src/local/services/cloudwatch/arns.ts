import type {PermissionRequest} from '../../operation.ts';

interface Owner {
  readonly account: string;
  readonly region: string;
}

export function alarmArn(name: string, {account, region}: Owner): string {
  return `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`;
}

/** Dashboards belong to no region. */
export function dashboardArn(name: string, {account}: Owner): string {
  return `arn:aws:cloudwatch::${account}:dashboard/${name}`;
}

export function onAlarm(action: string, name: string, owner: Owner): PermissionRequest {
  return {action: `cloudwatch:${action}`, resource: alarmArn(name, owner)};
}

export function onDashboard(action: string, name: string, owner: Owner): PermissionRequest {
  return {action: `cloudwatch:${action}`, resource: dashboardArn(name, owner)};
}

/** An action that knows no resource. */
export function onAnything(action: string): PermissionRequest {
  return {action: `cloudwatch:${action}`, resource: '*'};
}
