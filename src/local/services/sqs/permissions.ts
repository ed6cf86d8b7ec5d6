import type {PermissionRequest} from '../../operation.ts';
import type {SqsStore} from './store.ts';

/** The permission for `action` on the queue that the input names. */
export function onQueue(action: string) {
  return ({QueueUrl}: {readonly QueueUrl: string}, _context: unknown, store: SqsStore): PermissionRequest[] => [
    {action: `sqs:${action}`, resource: store.arnOfUrl(QueueUrl)},
  ];
}
