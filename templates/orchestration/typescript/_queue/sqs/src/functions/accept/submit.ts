import {DynamoDBClient} from '@aws-sdk/client-dynamodb';
import {SendMessageCommand, SQSClient} from '@aws-sdk/client-sqs';
import {DynamoDBDocumentClient} from '@aws-sdk/lib-dynamodb';
import {required} from '../../lib/environment.ts';
import {toMessage} from '../../lib/queue-message.ts';
import type {Acceptance} from './accept-request.ts';
import {saveRequest} from './save-request.ts';

/**
 * Row first, message second: a message always finds its row. Should the message not be sent, the client gets an error
 * and asks again with the same idempotency key; therefore a request that is still PENDING is sent again. It may then
 * be in the queue twice, and is processed once.
 */
export function connectQueue(): Acceptance['submit'] {
  const table = {client: DynamoDBDocumentClient.from(new DynamoDBClient()), name: required('TABLE_NAME')};
  const sqs = new SQSClient();
  const QueueUrl = required('QUEUE_URL');
  return async (row, envelope) => {
    const before = await saveRequest(table, row);
    if (before === undefined || (before.status === 'PENDING' && before.fingerprint === row.fingerprint)) {
      const {requestId, correlationId, expiresAt} = row;
      await sqs.send(new SendMessageCommand({QueueUrl, ...toMessage({requestId, correlationId, expiresAt, envelope})}));
    }
    return before;
  };
}
