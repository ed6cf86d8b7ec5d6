import {operationOf} from '../../../operation.ts';
import {boolean, list, required, string, structure} from '../../../shape.ts';
import {onRule} from '../permissions.ts';
import type {EventBridgeStore} from '../store.ts';

export const removeTargets = operationOf<EventBridgeStore>()({
  name: 'RemoveTargets',
  input: structure({
    Rule: required(string),
    EventBusName: string,
    Ids: required(list(string)),
    Force: boolean,
  }),
  permissions: ({Rule, EventBusName}, _context, store) => [onRule('RemoveTargets', Rule, EventBusName, store)],
  run({Rule, EventBusName, Ids}, _context, store) {
    const rule = store.rule(store.bus(EventBusName), Rule);
    const known = new Set(rule.targets.map(({Id}) => Id));
    store.setRule({...rule, targets: rule.targets.filter(({Id}) => !Ids.includes(Id))});
    const FailedEntries = Ids.filter(id => !known.has(id)).map(TargetId => ({
      TargetId,
      ErrorCode: 'ResourceNotFoundException',
      ErrorMessage: `Target ${TargetId} does not exist.`,
    }));
    return {FailedEntryCount: FailedEntries.length, FailedEntries};
  },
});
