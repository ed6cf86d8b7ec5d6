/**
 * The messages of a batch that the function says it could not process; all of them when it says so in a way Lambda
 * does not understand. https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
 */
export function failedMessages(response: Uint8Array, messageIds: readonly string[]): ReadonlySet<string> {
  const all = new Set(messageIds);
  let answer: unknown;
  try {
    answer = JSON.parse(Buffer.from(response).toString());
  } catch {
    return all;
  }
  const failures = (answer as {batchItemFailures?: unknown} | null)?.batchItemFailures;
  if (failures === undefined || failures === null) return new Set();
  if (!Array.isArray(failures)) return all;
  const failed = new Set<string>();
  for (const failure of failures as ({itemIdentifier?: unknown} | null)[]) {
    const id = failure?.itemIdentifier;
    if (typeof id !== 'string' || !all.has(id)) return all;
    failed.add(id);
  }
  return failed;
}

/**
 * The place of the first record of a stream's batch that the function could not process: the batch is tried again
 * from there. Undefined when it processed them all.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 */
export function firstFailed(response: Uint8Array, sequenceNumbers: readonly string[]): number | undefined {
  const failed = failedMessages(response, sequenceNumbers);
  const index = sequenceNumbers.findIndex(sequence => failed.has(sequence));
  return index < 0 ? undefined : index;
}
