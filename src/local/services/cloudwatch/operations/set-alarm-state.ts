import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {required, string, structure} from '../../../shape.ts';
import type {StateValue} from '../alarm.ts';
import {onAlarm} from '../arns.ts';
import type {CloudwatchStore} from '../store.ts';

const states: readonly StateValue[] = ['OK', 'ALARM', 'INSUFFICIENT_DATA'];

/** The state stands until the next evaluation, which is ten seconds away. */
export const setAlarmState = operationOf<CloudwatchStore>()({
  name: 'SetAlarmState',
  input: structure({
    AlarmName: required(string),
    StateValue: required(string),
    StateReason: required(string),
    StateReasonData: string,
  }),
  permissions: (input, context) => [onAlarm('SetAlarmState', input.AlarmName, context)],
  run({AlarmName, StateValue, StateReason, StateReasonData}, _context, store) {
    const state = states.find(candidate => candidate === StateValue);
    if (state === undefined)
      throw new ServiceError(
        'ValidationError',
        `Value '${StateValue}' at 'stateValue' must be one of ${states.join(', ')}.`,
      );
    store.setState(AlarmName, state, StateReason, StateReasonData);
    return {};
  },
});
