/** A few at a time, enough to keep a pace of a dozen calls a second when AWS takes half a second to answer. */
export async function inBatches<T, R>(items: readonly T[], read: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) results[index] = await read(item);
  };
  await Promise.all(Array.from({length: 8}, worker));
  return results;
}
