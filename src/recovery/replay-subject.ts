import type {DynamoDBDocument} from '@aws-sdk/lib-dynamodb';
import {asText} from '../model/as-text.ts';
import type {ReplaySettings, Row} from './replay-settings.ts';
import {valueAt} from './value-at.ts';

/** What gets another try: the record itself, or the row that it is about. */
export interface Subject {
  /** Begun: a replay has set the row, and was interrupted before the record went. Other: not to be replayed. */
  readonly state: 'failed' | 'begun' | 'other';
  readonly status: string;
  readonly row?: {readonly TableName: string; readonly Key: Row; readonly item: Row};
}

interface Reading {
  readonly record: Row;
  readonly settings: ReplaySettings;
  readonly rowTable: string | undefined;
}

export async function readSubject(
  documents: DynamoDBDocument,
  {record, settings: {Row, Set: set = {}, Status}, rowTable: TableName}: Reading,
): Promise<Subject> {
  const statusOf = (item: Row) => asText(valueAt(item, Status) ?? 'none');
  if (Row === undefined || TableName === undefined) return {state: 'failed', status: statusOf(record)};
  const Key = {[Row.Key]: record[Row.Key]};
  const {Item: item} = await documents.get({TableName, Key, ConsistentRead: true});
  if (item === undefined) return {state: 'other', status: 'gone'};
  const state = has(item, Row.Where) ? 'failed' : has(item, set) ? 'begun' : 'other';
  return {state, status: statusOf(item), row: {TableName, Key, item}};
}

function has(item: Row, values: Readonly<Record<string, string>>): boolean {
  return Object.entries(values).every(([name, value]) => item[name] === value);
}
