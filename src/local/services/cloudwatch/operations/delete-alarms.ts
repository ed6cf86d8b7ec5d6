import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {list, required, string, structure} from '../../../shape.ts';
import {onAlarm} from '../arns.ts';
import type {CloudwatchStore} from '../store.ts';

export const deleteAlarms = operationOf<CloudwatchStore>()({
  name: 'DeleteAlarms',
  input: structure({AlarmNames: required(list(string))}),
  permissions: (input, context) => input.AlarmNames.map(name => onAlarm('DeleteAlarms', name, context)),
  run({AlarmNames}, _context, store) {
    // All or none, as on AWS.
    const unknown = AlarmNames.filter(name => !store.alarms.has(name));
    if (unknown.length > 0)
      throw new ServiceError('ResourceNotFound', `Unknown alarms: ${unknown.join(', ')}`, {status: 404});
    for (const name of AlarmNames) store.alarms.delete(name);
    return {};
  },
});
