import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {list, required, string, structure} from '../../../shape.ts';
import {messageMembers} from '../message.ts';
import {onTopic} from '../permissions.ts';
import {publishMessage} from '../publish.ts';
import type {SnsStore} from '../store.ts';

export const publishBatch = operationOf<SnsStore>()({
  name: 'PublishBatch',
  input: structure({
    TopicArn: required(string),
    PublishBatchRequestEntries: required(list(structure({Id: required(string), ...messageMembers}))),
  }),
  // There is no permission of its own for a batch.
  permissions: input => onTopic('Publish', input),
  run({TopicArn, PublishBatchRequestEntries: entries}, {endpoint}, store) {
    const topic = store.topic(TopicArn);
    checkEntries(entries);
    const Successful: {Id: string; MessageId: string}[] = [];
    const Failed: {Id: string; Code: string; Message: string; SenderFault: boolean}[] = [];
    for (const {Id, ...message} of entries)
      try {
        Successful.push({Id, MessageId: publishMessage(topic, message, endpoint, store)});
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error;
        Failed.push({Id, Code: error.code, Message: error.message, SenderFault: true});
      }
    return {Successful, Failed};
  },
});

function checkEntries(entries: readonly {readonly Id: string}[]): void {
  if (entries.length === 0)
    throw new ServiceError('EmptyBatchRequest', "The batch request doesn't contain any entries.");
  if (entries.length > 10)
    throw new ServiceError(
      'TooManyEntriesInBatchRequest',
      'The batch request contains more entries than permissible (more than 10).',
    );
  if (new Set(entries.map(({Id}) => Id)).size < entries.length)
    throw new ServiceError('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.');
  for (const {Id} of entries)
    if (!/^[\w-]{1,80}$/.test(Id))
      throw new ServiceError(
        'InvalidBatchEntryId',
        "The Id of a batch entry in a batch request doesn't abide by the specification.",
      );
}
