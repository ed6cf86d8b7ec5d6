import {metricsOf} from './metrics-of.ts';
import type {LogsStore} from './store.ts';

/**
 * A line that an AWS service delivers for itself, such as an access log: whoever set the delivery up was asked for
 * permission, and the lines are not. What goes to a group that is no longer there is lost, as on AWS.
 */
export function writeVendedLog(store: LogsStore, groupArn: string, streamName: string, message: string): void {
  const group = groupArn.split(':')[6]!;
  if (!store.groups.has(group)) return;
  if (!store.streamsOf(group).some(({name}) => name === streamName)) store.createStream(group, streamName);
  const events = [{timestamp: store.clock.now(), message}];
  store.append(store.stream(group, streamName), events);
  for (const sample of metricsOf(group, events, store)) store.onMetric(sample);
}
