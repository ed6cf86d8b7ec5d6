import {operationOf} from '../../../operation.ts';
import {boolean, string, structure} from '../../../shape.ts';
import {setStatements, statementsOf} from '../bus-policy.ts';
import {notFound} from '../errors.ts';
import type {EventBridgeStore} from '../store.ts';

export const removePermission = operationOf<EventBridgeStore>()({
  name: 'RemovePermission',
  input: structure({StatementId: string, RemoveAllPermissions: boolean, EventBusName: string}),
  permissions: () => [{action: 'events:RemovePermission', resource: '*'}],
  run({StatementId, RemoveAllPermissions = false, EventBusName}, _context, store) {
    const bus = store.bus(EventBusName);
    const statements = statementsOf(bus);
    const rest = RemoveAllPermissions ? [] : statements.filter(({Sid}) => Sid !== StatementId);
    if (!RemoveAllPermissions && rest.length === statements.length)
      throw notFound('EventBus does not have a policy, or the statement is not in it.');
    setStatements(bus, rest, store);
    return {};
  },
});
