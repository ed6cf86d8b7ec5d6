import {comparableSequencer, type StoredObject} from './s3-notification.ts';

/**
 * One table, one partition per object: its row `metadata` tells of the newest version that was ingested, a row
 * `failure#<sequencer>` of each version that never will be.
 */
export function metadataKey(object: StoredObject): ObjectKey {
  return {object: objectUri(object), record: 'metadata'};
}

export function failureKey(object: StoredObject): ObjectKey {
  return {object: objectUri(object), record: `failure#${comparableSequencer(object.sequencer)}`};
}

export interface ObjectKey {
  readonly object: string;
  readonly record: string;
}

export function objectUri({bucket, key}: Pick<StoredObject, 'bucket' | 'key'>): string {
  return `s3://${bucket}/${key}`;
}
