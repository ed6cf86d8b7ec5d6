import type {DynamoDBDocument} from '@aws-sdk/lib-dynamodb';
import {delaySeconds, type SendMessage} from './replay-message.ts';
import type {ReplaySettings, Row} from './replay-settings.ts';
import type {Subject} from './replay-subject.ts';
import {valueAt} from './value-at.ts';

interface Replaying {
  readonly table: string;
  readonly keys: readonly string[];
  readonly record: Row;
  readonly subject: Subject;
  readonly settings: ReplaySettings;
  readonly send: SendMessage | undefined;
}

/** The row first, so that the message finds it as it must be; the record last, so that there is always one of them. */
export async function replayRecord(documents: DynamoDBDocument, replaying: Replaying): Promise<void> {
  const {table: TableName, keys, record, subject, settings, send} = replaying;
  const {Row: about, Set: set, Renew = {}} = settings;
  const now = Math.floor(Date.now() / 1000);
  const renewed = Object.fromEntries(Object.entries(Renew).map(([name, seconds]) => [name, now + seconds]));
  const unchanged = asItWas(record, [...keys, settings.Time, ...(about === undefined ? [settings.Status] : [])]);
  const target = {TableName, Key: Object.fromEntries(keys.map(name => [name, record[name]]))};
  try {
    if (subject.row !== undefined) {
      const {item, ...row} = subject.row;
      const still = asItWas(item, [about!.Key, ...Object.keys({...about!.Where, ...set})]);
      await documents.update({...row, ...setting({...set, ...renewed}, still)});
    }
    const sentAt = Date.now();
    await send?.(record, renewed);
    if (send !== undefined && Date.now() - sentAt > (delaySeconds - 1) * 1000)
      throw new Error('sending took so long that the record was kept; another replay sends it again');
    if (about !== undefined || set === undefined) await documents.delete({...target, ...unchanged});
    else await documents.update({...target, ...setting({...set, ...renewed}, unchanged)});
  } catch (error) {
    if ((error as Error).name !== 'ConditionalCheckFailedException') throw error;
    throw new Error('it has changed since it was read, and was left as it is');
  }
}

interface Expression {
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues: Readonly<Record<string, unknown>>;
}

/** It is still there, with the same values at these paths. */
function asItWas(item: Row, given: readonly string[]): Expression {
  const paths = [...new Set(given)].filter(path => valueAt(item, path) !== undefined);
  const names = [...new Set(paths.flatMap(path => path.split('.')))];
  const placeholder = (path: string) =>
    path
      .split('.')
      .map(name => `#u${names.indexOf(name)}`)
      .join('.');
  return {
    ConditionExpression: paths.map((path, index) => `${placeholder(path)} = :u${index}`).join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(names.map((name, index) => [`#u${index}`, name])),
    ExpressionAttributeValues: Object.fromEntries(paths.map((path, index) => [`:u${index}`, valueAt(item, path)])),
  };
}

function setting(attributes: Readonly<Record<string, unknown>>, condition: Expression) {
  const all = Object.entries(attributes);
  return {
    UpdateExpression: `SET ${all.map((_, index) => `#s${index} = :s${index}`).join(', ')}`,
    ConditionExpression: condition.ConditionExpression,
    ExpressionAttributeNames: {
      ...condition.ExpressionAttributeNames,
      ...Object.fromEntries(all.map(([name], index) => [`#s${index}`, name])),
    },
    ExpressionAttributeValues: {
      ...condition.ExpressionAttributeValues,
      ...Object.fromEntries(all.map(([, value], index) => [`:s${index}`, value])),
    },
  };
}
