import type {Message, SQS} from '@aws-sdk/client-sqs';
import {GearError} from '../errors.ts';
import {type QueueReference, queueOfArn} from './find-queue.ts';

/**
 * Where a message goes back to: the queue that SQS moved it from, or, when somebody sent it here, the one queue whose
 * dead letters come here.
 */
export async function destinationsOf(
  sqs: SQS,
  queue: QueueReference,
  to: QueueReference | undefined,
): Promise<(message: Message) => Promise<QueueReference>> {
  if (to !== undefined) {
    if (to.arn === queue.arn) throw new GearError(`${queue.name} cannot be redriven to itself`, {code: 'USAGE'});
    return async () => to;
  }
  const known = new Map<string, Promise<QueueReference>>();
  const queueOf = (arn: string) => {
    if (!known.has(arn)) known.set(arn, queueOfArn(sqs, arn));
    return known.get(arn)!;
  };
  const sources = await sourceUrls(sqs, queue);
  return async ({Attributes = {}}) => {
    if (Attributes.DeadLetterQueueSourceArn !== undefined) return await queueOf(Attributes.DeadLetterQueueSourceArn);
    if (sources.length === 1) return await queueOf(arnBeside(queue, sources[0]!));
    throw new GearError(
      sources.length === 0
        ? `no queue has ${queue.name} as its dead-letter queue: --to QUEUE says where to`
        : `it does not say which of the ${sources.length} source queues it came from: --to QUEUE says where to`,
      {code: 'NO_DESTINATION'},
    );
  };
}

async function sourceUrls(sqs: SQS, {url}: QueueReference): Promise<readonly string[]> {
  const urls: string[] = [];
  for (let NextToken: string | undefined; ; ) {
    const page = await sqs.listDeadLetterSourceQueues({QueueUrl: url, MaxResults: 1000, NextToken});
    urls.push(...(page.queueUrls ?? []));
    if (page.NextToken === undefined) return urls;
    NextToken = page.NextToken;
  }
}

/** A dead-letter queue has the account and region of its sources. */
function arnBeside({arn}: QueueReference, url: string): string {
  return `${arn.slice(0, arn.lastIndexOf(':'))}:${url.slice(url.lastIndexOf('/') + 1)}`;
}
