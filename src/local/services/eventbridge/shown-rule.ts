import type {Rule} from './records.ts';
import type {EventBridgeStore} from './store.ts';

export function shownRule(rule: Rule, store: EventBridgeStore) {
  return {
    Name: rule.name,
    Arn: store.arnOfRule(rule),
    EventPattern: rule.eventPattern,
    ScheduleExpression: rule.scheduleExpression,
    State: rule.state,
    Description: rule.description,
    EventBusName: rule.bus,
  };
}
