import type {S3Client} from '@aws-sdk/client-s3';
import type {DynamoDBDocumentClient} from '@aws-sdk/lib-dynamodb';
import type {StoredObject} from '../../lib/s3-notification.ts';
import {type Content, describeContent} from './content/describe-content.ts';
import {openObject, sizeOf} from './open-object.ts';
import {saveMetadata} from './save-metadata.ts';

export interface Ingested {
  readonly outcome: 'saved' | 'superseded';
  readonly contentType: string;
  readonly size: number;
}

export interface Stores {
  readonly s3: S3Client;
  readonly table: {readonly client: DynamoDBDocumentClient; readonly name: string};
}

/** From object to row. */
export async function ingestObject(object: StoredObject, {s3, table}: Stores): Promise<Ingested> {
  const {stream, size, declaredType} = await openObject(s3, object);
  const content = await describeContent(stream, {key: object.key, declaredType, expectedSize: size});
  await requireParts(s3, object, content);
  const outcome = await saveMetadata(table, object, {...content, declaredType});
  return {outcome, contentType: content.contentType, size: content.size};
}

/** A manifest counts when everything that it announces has arrived. */
async function requireParts(s3: S3Client, {bucket, key}: StoredObject, {details}: Content): Promise<void> {
  if (!('parts' in details)) return;
  const folder = key.slice(0, key.lastIndexOf('/') + 1);
  for (const part of details.parts) await sizeOf(s3, {bucket, key: folder + part});
}
