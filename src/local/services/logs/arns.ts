import type {PermissionRequest} from '../../operation.ts';

interface Owner {
  readonly account: string;
  readonly region: string;
}

/** Without a suffix: what a role's policy names for the tag operations, and a `logGroupIdentifier` may be. */
export function groupArn(name: string, {account, region}: Owner): string {
  return `arn:aws:logs:${region}:${account}:log-group:${name}`;
}

/** The name in a group's name or ARN, with or without `:*` at its end. */
export function groupNameOf(identifier: string): string {
  return identifier.replace(/^arn:[\w-]+:logs:[\w-]+:\d+:log-group:/, '').replace(/:\*$/, '');
}

/**
 * An action on a group. AWS evaluates it on the ARN of a stream without a name, which is why a policy's resource has
 * to end in `:*`, and says so in its denials.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_LogGroup.html
 */
export function onGroup(action: string, name: string, owner: Owner): PermissionRequest {
  return onStream(action, name, '', owner);
}

export function onStream(action: string, group: string, stream: string, owner: Owner): PermissionRequest {
  return {action: `logs:${action}`, resource: `${groupArn(group, owner)}:log-stream:${stream}`};
}

/** TagResource and its kin are evaluated on the group's ARN without a suffix. */
export function onTags(action: string, resourceArn: string, owner: Owner): PermissionRequest {
  return {action: `logs:${action}`, resource: groupArn(groupNameOf(resourceArn), owner)};
}

/** An action that knows no resource. */
export function onAnything(action: string): PermissionRequest {
  return {action: `logs:${action}`, resource: '*'};
}
