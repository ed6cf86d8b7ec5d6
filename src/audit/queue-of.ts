import type {EventSourceMapping, Queue} from '../model/event-source.ts';
import type {Inventory} from '../model/inventory.ts';
import {isUnresolved} from '../model/resolvable.ts';
import type {Unknown} from './define-rule.ts';

/** The queue that feeds a mapping; undefined when something else feeds it. */
export function queueOf({kind, sourceArn}: EventSourceMapping, {queues}: Inventory): Queue | Unknown | undefined {
  if (kind !== 'sqs' && kind !== 'unknown') return undefined;
  if (isUnresolved(sourceArn)) return {unknown: `the source ${sourceArn.text} is not known: ${sourceArn.reason}`};
  if (kind !== 'sqs') return undefined;
  return queues.find(({arn}) => arn === sourceArn) ?? {unknown: `the queue ${sourceArn} was not read`};
}
