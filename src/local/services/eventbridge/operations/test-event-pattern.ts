import {matchesEventPattern} from '../../../event-pattern.ts';
import {operationOf} from '../../../operation.ts';
import {required, string, structure} from '../../../shape.ts';
import {invalid} from '../errors.ts';
import {eventPattern} from '../pattern.ts';
import type {EventBridgeStore} from '../store.ts';

const needed = ['id', 'detail-type', 'source', 'account', 'time', 'region', 'resources', 'detail'];

export const testEventPattern = operationOf<EventBridgeStore>()({
  name: 'TestEventPattern',
  input: structure({EventPattern: required(string), Event: required(string)}),
  permissions: () => [{action: 'events:TestEventPattern', resource: '*'}],
  run({EventPattern, Event}) {
    const pattern = eventPattern(EventPattern);
    const event = parse(Event);
    const missing = needed.filter(name => event[name] === undefined);
    if (missing.length > 0) throw invalid(`Parameter Event is not valid. Reason: it has no ${missing.join(', ')}.`);
    return {Result: matchesEventPattern(pattern, event)};
  },
});

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    return (JSON.parse(text) ?? {}) as Record<string, unknown>;
  } catch {
    throw invalid('Parameter Event is not valid. Reason: it is not JSON.');
  }
}
