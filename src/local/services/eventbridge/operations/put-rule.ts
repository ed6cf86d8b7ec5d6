import {operationOf} from '../../../operation.ts';
import {parseSchedule} from '../../../schedule-expression.ts';
import {ScheduleExpressionError} from '../../../schedule-expression-error.ts';
import {required, string, structure} from '../../../shape.ts';
import {tagList} from '../../../tag-list.ts';
import {invalid} from '../errors.ts';
import {eventPattern} from '../pattern.ts';
import {onRule} from '../permissions.ts';
import type {EventBridgeStore} from '../store.ts';
import {tagged} from '../tags.ts';

export const putRule = operationOf<EventBridgeStore>()({
  name: 'PutRule',
  input: structure({
    Name: required(string),
    ScheduleExpression: string,
    EventPattern: string,
    State: string,
    Description: string,
    EventBusName: string,
    Tags: tagList,
  }),
  permissions: ({Name, EventBusName, Tags}, _context, store) => [
    onRule('PutRule', Name, EventBusName, store),
    ...(Tags?.length ? [onRule('TagResource', Name, EventBusName, store)] : []),
  ],
  run(input, {clock}, store) {
    const {Name, ScheduleExpression, EventPattern, State = 'ENABLED', Tags = []} = input;
    if (!/^[\w.-]{1,64}$/.test(Name)) throw invalid(`Value '${Name}' at 'name' failed to satisfy constraint`);
    if (State !== 'ENABLED' && State !== 'DISABLED')
      throw invalid(`Value '${State}' at 'state' failed to satisfy constraint: ENABLED or DISABLED`);
    if (ScheduleExpression === undefined && EventPattern === undefined)
      throw invalid('Parameter(s) EventPattern or ScheduleExpression must be specified.');
    const bus = store.bus(input.EventBusName);
    if (EventPattern !== undefined) eventPattern(EventPattern);
    if (ScheduleExpression !== undefined) {
      if (bus.name !== 'default') throw invalid('ScheduleExpression is supported only on the default event bus.');
      checkSchedule(ScheduleExpression);
    }
    const before = store.findRule(bus, Name);
    const goesOn = before?.scheduleExpression === ScheduleExpression && before?.state === State;
    store.setRule({
      name: Name,
      bus: bus.name,
      eventPattern: EventPattern,
      scheduleExpression: ScheduleExpression,
      state: State,
      description: input.Description,
      // A rule that exists takes no tags from PutRule.
      tags: before?.tags ?? tagged({}, Tags),
      targets: before?.targets ?? [],
      scheduledFrom: goesOn ? before.scheduledFrom : clock.now(),
    });
    return {RuleArn: store.ruleArn(bus.name, Name)};
  },
});

function checkSchedule(expression: string): void {
  try {
    if (parseSchedule(expression).kind === 'at')
      throw new ScheduleExpressionError('Parameter ScheduleExpression is not valid.');
  } catch (error) {
    if (!(error instanceof ScheduleExpressionError)) throw error;
    throw invalid(error.message);
  }
}
