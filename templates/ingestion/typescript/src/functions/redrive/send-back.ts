import {SendMessageCommand, type SQSClient} from '@aws-sdk/client-sqs';
import {journeyAttributes} from '../../lib/dead-letter.ts';

/** Puts a message into the source queue again. The last failure stays behind: the next attempt has its own. */
export async function sendBack(
  queue: {readonly client: SQSClient; readonly url: string},
  body: string,
  {
    delaySeconds,
    ...journey
  }: {readonly delaySeconds: number; readonly attempts: number; readonly firstFailedAt: string},
): Promise<void> {
  await queue.client.send(
    new SendMessageCommand({
      QueueUrl: queue.url,
      MessageBody: body,
      DelaySeconds: delaySeconds,
      MessageAttributes: journeyAttributes(journey),
    }),
  );
}
