import type {Message, SQS} from '@aws-sdk/client-sqs';
import type {QueueReference} from './find-queue.ts';

/** Long enough to work through a batch, short enough that what a killed run held is soon back. */
const visibilitySeconds = 120;

/** Messages taken out of a queue's sight, each once; all that is not deleted goes back at the end. */
export class HeldMessages {
  readonly #sqs: SQS;
  readonly #queue: QueueReference;
  readonly #held = new Map<string, Message>();

  constructor(sqs: SQS, queue: QueueReference) {
    this.#sqs = sqs;
    this.#queue = queue;
  }

  /** Messages that were not taken before; none when there are no more. */
  async take(most: number): Promise<readonly Message[]> {
    const {Messages = []} = await this.#sqs.receiveMessage({
      QueueUrl: this.#queue.url,
      MaxNumberOfMessages: Math.min(10, most),
      VisibilityTimeout: visibilitySeconds,
      // A receive that does not wait asks only some of SQS's servers, and may miss what is there.
      WaitTimeSeconds: 1,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['All'],
    });
    const fresh = Messages.filter(({MessageId}) => !this.#held.has(MessageId!));
    for (const message of Messages) this.#held.set(message.MessageId!, message);
    return fresh;
  }

  async delete(message: Message): Promise<void> {
    const {ReceiptHandle} = this.#held.get(message.MessageId!) ?? message;
    await this.#sqs.deleteMessage({QueueUrl: this.#queue.url, ReceiptHandle: ReceiptHandle!});
    this.#held.delete(message.MessageId!);
  }

  /** Puts back at once what is still held. What cannot be put back comes back by itself. */
  async release(): Promise<void> {
    const handles = [...this.#held.values()].map(({ReceiptHandle}) => ReceiptHandle!);
    for (let start = 0; start < handles.length; start += 10)
      await this.#sqs
        .changeMessageVisibilityBatch({
          QueueUrl: this.#queue.url,
          Entries: handles
            .slice(start, start + 10)
            .map((ReceiptHandle, index) => ({Id: String(index), ReceiptHandle, VisibilityTimeout: 0})),
        })
        .catch(() => {});
    this.#held.clear();
  }
}
