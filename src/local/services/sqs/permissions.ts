import type {PermissionRequest} from '../../operation.ts';
import type {SqsStore} from './store.ts';

/** The permission for `action` on the queue that the input names. */
export function onQueue(action: string, {QueueUrl}: {readonly QueueUrl: string}, store: SqsStore): PermissionRequest[] {
  return [{action: `sqs:${action}`, resource: store.arnOfUrl(QueueUrl)}];
}
