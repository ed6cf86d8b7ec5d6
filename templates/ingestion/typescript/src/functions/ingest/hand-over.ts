import {SendMessageCommand, type SQSClient} from '@aws-sdk/client-sqs';
import {type Journey, journeyAttributes} from '../../lib/dead-letter.ts';
import type {Failure} from '../../lib/failure.ts';

/**
 * Gives a failed object to redrive at once, with the cause. Left in the queue it would be tried again only after the
 * visibility timeout, several times even if it is hopeless, and would reach the dead-letter queue without a cause.
 */
export async function handOver(
  deadLetters: {readonly client: SQSClient; readonly url: string},
  body: string,
  journey: Journey & {readonly failure: Failure},
): Promise<void> {
  await deadLetters.client.send(
    new SendMessageCommand({
      QueueUrl: deadLetters.url,
      MessageBody: body,
      MessageAttributes: journeyAttributes(journey),
    }),
  );
}
