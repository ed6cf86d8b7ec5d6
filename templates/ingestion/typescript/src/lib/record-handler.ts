import type {Logger} from '@aws-lambda-powertools/logger';
import type {SQSRecord} from 'aws-lambda';

/**
 * A batch swallows what its messages throw and answers with their ids alone, so each is logged before. That another
 * invocation has the same object in hand is no error: SQS may deliver twice.
 */
export function recordHandler(
  logger: Logger,
  work: (message: SQSRecord) => Promise<void>,
): (message: SQSRecord) => Promise<void> {
  return async message => {
    try {
      await work(message);
    } catch (error) {
      const level = (error as Error).name === 'IdempotencyAlreadyInProgressError' ? 'warn' : 'error';
      logger[level]('Message left in its queue', {messageId: message.messageId, error: error as Error});
      throw error;
    }
  };
}
