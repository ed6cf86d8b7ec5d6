import {operationOf} from '../../../operation.ts';
import {list, required, string, structure} from '../../../shape.ts';
import {onAnything} from '../arns.ts';
import {logMessage} from '../filter-pattern.ts';
import {parseFilterPattern} from '../parse-filter-pattern.ts';
import type {LogsStore} from '../store.ts';

export const testMetricFilter = operationOf<LogsStore>()({
  name: 'TestMetricFilter',
  input: structure({filterPattern: required(string), logEventMessages: required(list(string))}),
  permissions: () => [onAnything('TestMetricFilter')],
  run({filterPattern, logEventMessages}) {
    const pattern = parseFilterPattern(filterPattern);
    const matches = logEventMessages
      .map((eventMessage, index) => ({eventNumber: index + 1, eventMessage, message: logMessage(eventMessage)}))
      .filter(({message}) => pattern.matches(message))
      .map(({message, ...match}) => ({...match, extractedValues: pattern.extract(message)}));
    return {matches};
  },
});
