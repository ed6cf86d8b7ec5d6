/**
 * A few at a time: Lambda answers 15 calls a second of an account, GetPolicy counted apart, and the clients back off
 * and try again when it says so. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html#api-requests
 */
export async function inBatches<T, R>(items: readonly T[], read: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) results[index] = await read(item);
  };
  await Promise.all(Array.from({length: 8}, worker));
  return results;
}
