import {randomUUID} from 'node:crypto';
import {ServiceError} from '../service-error.ts';
import type {EventSourceMapping} from '../services/lambda/records.ts';
import type {LambdaStore} from '../services/lambda/store.ts';
import {failedMessages} from './batch-response.ts';
import {passesFilters} from './record-filter.ts';
import {filteredForm} from './sqs-filter.ts';
import {type ReceivedMessage, sqsRecord} from './sqs-records.ts';

/** Calls an operation of SQS on the mapping's queue, with the role of the mapping's function. */
export type CallQueue = <T>(operation: string, input: object, signal?: AbortSignal) => Promise<T>;

interface BatchOptions {
  readonly mapping: EventSourceMapping;
  readonly lambda: LambdaStore;
  readonly call: CallQueue;
}

interface BatchResult {
  /** The mapping's LastProcessingResult. */
  readonly summary: string;
  readonly throttled?: boolean;
}

/**
 * Invokes the function with the messages and deletes those it took care of. What is not deleted comes back by itself
 * when its visibility timeout is over: no call is made for it, as on AWS.
 */
export async function processBatch(
  messages: readonly ReceivedMessage[],
  {mapping, lambda, call}: BatchOptions,
): Promise<BatchResult> {
  const records = messages.map(message => sqsRecord(message, mapping.EventSourceArn));
  const passing = records.filter(record => passesFilters(filteredForm(record), mapping.FilterCriteria));
  const handles = (chosen: readonly {readonly receiptHandle: string}[]) => chosen.map(record => record.receiptHandle);
  if (passing.length < records.length)
    await deleteMessages(handles(records.filter(record => !passing.includes(record))), call);
  if (passing.length === 0) return {summary: 'No records processed'};
  const target = lambda.target(lambda.reference(mapping.FunctionArn));
  try {
    const {payload, functionError} = await lambda.invoke(target, {
      requestId: randomUUID(),
      payload: Buffer.from(JSON.stringify({Records: passing})),
    });
    if (functionError !== undefined) return {summary: 'PROBLEM: Function call failed'};
    const reports = mapping.FunctionResponseTypes.includes('ReportBatchItemFailures');
    const ids = passing.map(({messageId}) => messageId);
    const failed = reports ? failedMessages(payload, ids) : new Set<string>();
    await deleteMessages(handles(passing.filter(({messageId}) => !failed.has(messageId))), call);
    return {summary: failed.size === 0 ? 'OK' : `PROBLEM: ${failed.size} of ${ids.length} records failed`};
  } catch (error) {
    if (!(error instanceof ServiceError) || error.status !== 429) throw error;
    return {summary: 'PROBLEM: Function call was throttled', throttled: true};
  }
}

const mostPerDelete = 10;

async function deleteMessages(receiptHandles: readonly string[], call: CallQueue): Promise<void> {
  for (let start = 0; start < receiptHandles.length; start += mostPerDelete) {
    const handles = receiptHandles.slice(start, start + mostPerDelete);
    await call('DeleteMessageBatch', {
      Entries: handles.map((ReceiptHandle, index) => ({Id: String(index), ReceiptHandle})),
    });
  }
}
