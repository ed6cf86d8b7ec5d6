import {operationOf} from '../../../operation.ts';
import {list, required, string, structure} from '../../../shape.ts';
import {onAlarm} from '../arns.ts';
import type {CloudwatchStore} from '../store.ts';

export const enableAlarmActions = operationOf<CloudwatchStore>()({
  name: 'EnableAlarmActions',
  input: structure({AlarmNames: required(list(string))}),
  permissions: (input, context) => input.AlarmNames.map(name => onAlarm('EnableAlarmActions', name, context)),
  run({AlarmNames}, _context, store) {
    for (const name of AlarmNames) store.alarms.set(name, {...store.alarm(name), actionsEnabled: true});
    return {};
  },
});
