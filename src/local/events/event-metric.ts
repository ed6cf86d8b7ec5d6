/**
 * What Lambda counts while it hands events to functions, besides what the functions do with them:
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export type EventMetric =
  /** How old the last record of a batch was when its function was invoked, in milliseconds. */
  | 'IteratorAge'
  /** Events that were given up: they are counted also when a destination or a dead-letter queue has them. */
  | 'AsyncEventsDropped'
  | 'DestinationDeliveryFailures'
  | 'DeadLetterErrors';

export type OnEventMetric = (functionName: string, name: EventMetric, value: number) => void;
