import {ServiceError} from '../../service-error.ts';

interface BatchError {
  readonly Id: string;
  readonly SenderFault: boolean;
  readonly Code: string;
  readonly Message: string;
}

/** Each entry by itself: what fails is told beside what succeeded. */
export function eachEntry<E extends {readonly Id: string}, R>(
  entries: readonly E[],
  act: (entry: E) => R,
): {Successful: (R & {Id: string})[]; Failed: BatchError[]} {
  checkEntries(entries);
  const Successful: (R & {Id: string})[] = [];
  const Failed: BatchError[] = [];
  for (const entry of entries)
    try {
      Successful.push({...act(entry), Id: entry.Id});
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      Failed.push({Id: entry.Id, SenderFault: true, Code: error.code, Message: error.message});
    }
  return {Successful, Failed};
}

function checkEntries(entries: readonly {readonly Id: string}[]): void {
  if (entries.length === 0)
    throw new ServiceError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  if (entries.length > 10)
    throw new ServiceError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are 10. You have sent ${entries.length}.`,
    );
  const ids = new Set<string>();
  for (const {Id} of entries) {
    if (!/^[\w-]{1,80}$/.test(Id))
      throw new ServiceError(
        'InvalidBatchEntryId',
        'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
      );
    if (ids.has(Id)) throw new ServiceError('BatchEntryIdsNotDistinct', `Id ${Id} repeated.`);
    ids.add(Id);
  }
}
