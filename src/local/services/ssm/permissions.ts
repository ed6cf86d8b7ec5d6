import type {PermissionRequest} from '../../operation.ts';
import {selected} from './parameter-name.ts';
import type {SsmStore} from './store.ts';

export function onParameter(
  action: string,
  text: string,
  store: SsmStore,
  more: Readonly<Record<string, string>> = {},
): PermissionRequest {
  const {name} = selected(text);
  const tags = Object.entries(store.find(name)?.tags ?? {});
  return {
    action: `ssm:${action}`,
    resource: store.arnOf(name),
    context: {
      ...Object.fromEntries(
        tags.flatMap(([tag, value]) => [
          [`aws:ResourceTag/${tag}`, value],
          [`ssm:resourceTag/${tag}`, value],
        ]),
      ),
      ...more,
    },
  };
}
