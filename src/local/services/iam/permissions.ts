import type {PermissionRequest} from '../../operation.ts';
import type {Tag} from './records.ts';
import type {IamStore} from './store.ts';

type Context = NonNullable<PermissionRequest['context']>;

/** A permission on a role, with the condition keys that the role itself brings. */
export function onRole(action: string, roleName: string, store: IamStore, context: Context = {}): PermissionRequest {
  const role = store.hasRole(roleName) ? store.roleByName(roleName) : undefined;
  return {
    action: `iam:${action}`,
    resource: store.roleArn(roleName),
    context: {
      ...resourceTags(role?.tags ?? []),
      ...(role?.boundary === undefined ? {} : {'iam:PermissionsBoundary': role.boundary}),
      ...context,
    },
  };
}

export function onPolicy(action: string, policyArn: string, store: IamStore): PermissionRequest {
  const tags = store.findPolicy(policyArn)?.tags ?? [];
  return {action: `iam:${action}`, resource: policyArn, context: resourceTags(tags)};
}

export function requestTags(tags: readonly Tag[]): Context {
  if (tags.length === 0) return {};
  return {
    'aws:TagKeys': tags.map(({Key}) => Key),
    ...Object.fromEntries(tags.map(({Key, Value}) => [`aws:RequestTag/${Key}`, Value])),
  };
}

function resourceTags(tags: readonly Tag[]): Context {
  return Object.fromEntries(
    tags.flatMap(({Key, Value}) => [
      [`aws:ResourceTag/${Key}`, Value],
      [`iam:ResourceTag/${Key}`, Value],
    ]),
  );
}
