import {operationOf} from '../../../operation.ts';
import {list, required, string, structure} from '../../../shape.ts';
import {invalid} from '../errors.ts';
import {onRule} from '../permissions.ts';
import type {EventBridgeStore} from '../store.ts';
import {checkTarget, passedRoles, targetShape} from '../targets.ts';

export const putTargets = operationOf<EventBridgeStore>()({
  name: 'PutTargets',
  input: structure({Rule: required(string), EventBusName: string, Targets: required(list(targetShape))}),
  permissions: ({Rule, EventBusName, Targets}, _context, store) => [
    {
      ...onRule('PutTargets', Rule, EventBusName, store),
      context: {'events:TargetArn': Targets.map(({Arn}) => Arn)},
    },
    ...passedRoles(Targets),
  ],
  run({Rule, EventBusName, Targets}, _context, store) {
    const rule = store.rule(store.bus(EventBusName), Rule);
    for (const target of Targets) checkTarget(target);
    const ids = new Set(Targets.map(({Id}) => Id));
    const targets = [...rule.targets.filter(({Id}) => !ids.has(Id)), ...Targets];
    if (targets.length > 5) throw invalid('The requested resource exceeds the maximum number allowed: 5 targets.');
    store.setRule({...rule, targets});
    return {FailedEntryCount: 0, FailedEntries: []};
  },
});
