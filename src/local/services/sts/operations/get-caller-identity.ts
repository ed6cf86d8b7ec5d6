import {type Caller, developerId} from '../../../caller.ts';
import {operationOf} from '../../../operation.ts';
import {structure} from '../../../shape.ts';
import type {StsStore} from '../store.ts';

/** Nobody needs a permission for it, and no policy can deny it. */
export const getCallerIdentity = operationOf<StsStore>()({
  name: 'GetCallerIdentity',
  input: structure({}),
  permissions: () => [],
  run: (_, {account, caller}, {identity}) => ({
    UserId: userId(caller, roleArn => identity.role(roleArn)?.roleId),
    Account: account,
    Arn: caller.kind === 'service' ? caller.principal : caller.arn,
  }),
});

function userId(caller: Caller, roleId: (roleArn: string) => string | undefined): string {
  if (caller.kind === 'service') return caller.principal;
  return caller.kind === 'developer' ? developerId : `${roleId(caller.roleArn) ?? 'AROA'}:${caller.sessionName}`;
}
