import type {PermissionRequest} from '../../operation.ts';
import type {SecretsStore} from './store.ts';

type More = Readonly<Record<string, string>>;

export function onSecret(
  action: string,
  {SecretId}: {readonly SecretId: string},
  store: SecretsStore,
  more: More = {},
): PermissionRequest {
  const resource = store.arnOf(SecretId);
  const tags = Object.entries(store.find(SecretId)?.tags ?? {});
  return {
    action: `secretsmanager:${action}`,
    resource,
    context: {
      'secretsmanager:SecretId': resource,
      ...Object.fromEntries(
        tags.flatMap(([tag, value]) => [
          [`aws:ResourceTag/${tag}`, value],
          [`secretsmanager:ResourceTag/${tag}`, value],
        ]),
      ),
      ...more,
    },
  };
}

/** An action that knows no resource. */
export function onAnything(action: string): PermissionRequest {
  return {action: `secretsmanager:${action}`, resource: '*'};
}
