import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import type {StackResource} from '../aws/stack-resources.ts';
import {deadLetterQueues} from './dead-letter-queues.ts';

export interface QueueState {
  readonly logicalId: string;
  readonly url: string;
  readonly waiting: number;
  readonly inFlight: number;
  readonly delayed: number;
  /** Whether what is in it has failed elsewhere. */
  readonly deadLetters: boolean;
}

/** The queues of a stack with their depths. */
export async function queueStates(
  clients: AwsClients,
  resources: readonly StackResource[],
  options: {readonly stackName: string; readonly now: number},
): Promise<readonly QueueState[]> {
  const own = resources.filter(({type}) => type === 'AWS::SQS::Queue');
  if (own.length === 0) return [];
  const dead = new Set((await deadLetterQueues(clients, options)).map(({url}) => url));
  const sqs = await clients.sqs();
  return Promise.all(
    own.map(async ({logicalId, physicalId: url}) => {
      const {Attributes = {}} = await sqs
        .getQueueAttributes({QueueUrl: url, AttributeNames: ['All']})
        .catch((error: unknown) => {
          throw describeAwsError(error, `read the queue ${logicalId}`);
        });
      return {
        logicalId,
        url,
        waiting: Number(Attributes.ApproximateNumberOfMessages),
        inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible),
        delayed: Number(Attributes.ApproximateNumberOfMessagesDelayed),
        deadLetters: dead.has(url),
      };
    }),
  );
}
