import type {StoredEvent} from '../store.ts';
import type {Row, Value} from './expression.ts';

/**
 * The fields that a query finds in an event: those that every event has, and of an event in JSON its members, with
 * dots between them. What Logs Insights takes out of a function's lines of text by itself, such as `@duration`, is not
 * there: `parse` finds it.
 */
export function fieldsOf({message, timestamp, ingestionTime, stream}: StoredEvent, log: string): Row {
  const own: [string, Value][] = [
    ['@timestamp', new Date(timestamp).toISOString().replace('T', ' ').replace('Z', '')],
    ['@ingestionTime', new Date(ingestionTime).toISOString().replace('T', ' ').replace('Z', '')],
    ['@message', message],
    ['@logStream', stream],
    ['@log', log],
  ];
  return new Map([...membersOf(message), ...own]);
}

function membersOf(message: string): readonly [string, Value][] {
  if (!message.startsWith('{')) return [];
  try {
    return [...flattened(JSON.parse(message), '')];
  } catch {
    return [];
  }
}

function* flattened(value: unknown, path: string): Generator<[string, Value]> {
  if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value))
      yield* flattened(member, path === '' ? name : `${path}.${name}`);
    return;
  }
  if (typeof value === 'string' || typeof value === 'number') yield [path, value];
  // As Logs Insights has them.
  else if (typeof value === 'boolean') yield [path, value ? '1' : '0'];
}
