import {operationOf} from '../../../operation.ts';
import {onAlarm} from '../arns.ts';
import {alarmOf, metricAlarmInput} from '../metric-alarm.ts';
import type {CloudwatchStore} from '../store.ts';

export const putMetricAlarm = operationOf<CloudwatchStore>()({
  name: 'PutMetricAlarm',
  input: metricAlarmInput,
  permissions(input, context) {
    const actions = [input.AlarmActions, input.OKActions, input.InsufficientDataActions].flatMap(list => list ?? []);
    const put = onAlarm('PutMetricAlarm', input.AlarmName, context);
    return [
      actions.length > 0 ? {...put, context: {'cloudwatch:AlarmActions': actions}} : put,
      ...(input.Tags?.length ? [onAlarm('TagResource', input.AlarmName, context)] : []),
    ];
  },
  run(input, {clock}, store) {
    store.alarms.set(input.AlarmName, alarmOf(input, store.alarms.get(input.AlarmName), clock.now()));
    return {};
  },
});
