import type {EventSourceKind} from '../model/event-source.ts';
import {withoutPlaceholders} from '../model/name-in-arn.ts';
import {isUnresolved, type Resolvable} from '../model/resolvable.ts';

export function kindOfSource(arn: Resolvable<string>): EventSourceKind {
  if (isUnresolved(arn)) return 'unknown';
  return kindsOfServices[arn.split(':')[2] ?? ''] ?? 'unknown';
}

const kindsOfServices: Readonly<Record<string, EventSourceKind>> = {
  dynamodb: 'dynamodb',
  kafka: 'kafka',
  kinesis: 'kinesis',
  mq: 'mq',
  rds: 'documentdb',
  sqs: 'sqs',
};

/** `...:function:ingest:live` is the function ingest. */
export function withoutQualifier(functionArn: string): string {
  const name = functionArn.indexOf(':function:') + ':function:'.length;
  const qualifier = withoutPlaceholders(functionArn).indexOf(':', name);
  return !functionArn.includes(':function:') || qualifier < 0 ? functionArn : functionArn.slice(0, qualifier);
}
