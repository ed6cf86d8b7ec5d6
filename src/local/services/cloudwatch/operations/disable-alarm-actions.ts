import {operationOf} from '../../../operation.ts';
import {list, required, string, structure} from '../../../shape.ts';
import {onAlarm} from '../arns.ts';
import type {CloudwatchStore} from '../store.ts';

export const disableAlarmActions = operationOf<CloudwatchStore>()({
  name: 'DisableAlarmActions',
  input: structure({AlarmNames: required(list(string))}),
  permissions: (input, context) => input.AlarmNames.map(name => onAlarm('DisableAlarmActions', name, context)),
  run({AlarmNames}, _context, store) {
    for (const name of AlarmNames) store.alarms.set(name, {...store.alarm(name), actionsEnabled: false});
    return {};
  },
});
