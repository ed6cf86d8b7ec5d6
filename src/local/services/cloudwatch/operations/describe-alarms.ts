import {operationOf} from '../../../operation.ts';
import {integer, list, string, structure} from '../../../shape.ts';
import {onAlarm} from '../arns.ts';
import {describeAlarm} from '../describe-alarm.ts';
import {pageOf} from '../page.ts';
import type {CloudwatchStore} from '../store.ts';

/** There are no composite alarms, and the members that ask after their parents and children are refused by name. */
export const describeAlarms = operationOf<CloudwatchStore>()({
  name: 'DescribeAlarms',
  input: structure({
    AlarmNames: list(string),
    AlarmNamePrefix: string,
    AlarmTypes: list(string),
    StateValue: string,
    ActionPrefix: string,
    MaxRecords: integer,
    NextToken: string,
  }),
  permissions: (input, context) => (input.AlarmNames ?? ['*']).map(name => onAlarm('DescribeAlarms', name, context)),
  run({AlarmNames, AlarmNamePrefix = '', AlarmTypes = ['MetricAlarm'], StateValue, ...input}, _context, store) {
    const found = [...store.alarms.values()]
      .filter(({name}) => (AlarmNames?.includes(name) ?? true) && name.startsWith(AlarmNamePrefix))
      .map(alarm => store.evaluated(alarm))
      .filter(({state}) => StateValue === undefined || state.value === StateValue)
      .filter(
        ({alarmActions, okActions, insufficientDataActions}) =>
          input.ActionPrefix === undefined ||
          [...alarmActions, ...okActions, ...insufficientDataActions].some(action =>
            action.startsWith(input.ActionPrefix!),
          ),
      )
      .filter(() => AlarmTypes.includes('MetricAlarm'))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const {page, NextToken} = pageOf(found, input.MaxRecords ?? 50, input.NextToken);
    return {MetricAlarms: page.map(alarm => describeAlarm(alarm, store)), CompositeAlarms: [], NextToken};
  },
});
