import {valueAt} from './value-at.ts';

/** Where a message comes from, as far as it tells: what moved it here, and what it is about. */
export function originOf(
  attributes: Readonly<Record<string, string>>,
  body: unknown,
  system: Readonly<Record<string, string>>,
): readonly string[] {
  const {DeadLetterQueueSourceArn} = system;
  const named = (what: string, path: string) => textAt(body, path).map(name => `${what} ${name}`);
  const records = valueAt(body, 'Records');
  return [
    ...(DeadLetterQueueSourceArn === undefined ? [] : [`queue ${lastOf(DeadLetterQueueSourceArn)}`]),
    ...(attributes.RULE_ARN === undefined ? [] : [`rule ${attributes.RULE_ARN}`]),
    ...named('function', 'requestContext.functionArn'),
    ...named('stream', 'DDBStreamBatchInfo.streamArn'),
    ...named('stream', 'KinesisBatchInfo.streamArn'),
    ...(valueAt(body, 'Type') === 'Notification' ? named('topic', 'TopicArn') : []),
    ...(Array.isArray(records) ? records : []).flatMap(objectOf),
  ];
}

/** Whoever sends a message may give what is said here any form. */
function textAt(value: unknown, path: string): readonly string[] {
  const found = valueAt(value, path);
  return typeof found === 'string' ? [found] : [];
}

/** S3 writes keys URL-encoded, with `+` for a space. */
function objectOf(record: unknown): readonly string[] {
  const [bucket] = textAt(record, 's3.bucket.name');
  const [key] = textAt(record, 's3.object.key');
  if (bucket === undefined || key === undefined) return [];
  try {
    return [`s3://${bucket}/${decodeURIComponent(key.replaceAll('+', ' '))}`];
  } catch {
    return [`s3://${bucket}/${key}`];
  }
}

function lastOf(arn: string): string {
  return arn.slice(arn.lastIndexOf(':') + 1);
}
