/** Where a message comes from, as far as it tells: what moved it here, and what it is about. */
export function originOf(
  attributes: Readonly<Record<string, string>>,
  body: unknown,
  system: Readonly<Record<string, string>>,
): readonly string[] {
  const {DeadLetterQueueSourceArn} = system;
  const event = (typeof body === 'object' && body !== null ? body : {}) as KnownBody;
  return [
    ...(DeadLetterQueueSourceArn === undefined ? [] : [`queue ${lastOf(DeadLetterQueueSourceArn)}`]),
    ...(attributes.RULE_ARN === undefined ? [] : [`rule ${attributes.RULE_ARN}`]),
    ...(event.requestContext?.functionArn === undefined ? [] : [`function ${event.requestContext.functionArn}`]),
    ...(event.DDBStreamBatchInfo?.streamArn === undefined ? [] : [`stream ${event.DDBStreamBatchInfo.streamArn}`]),
    ...(event.KinesisBatchInfo?.streamArn === undefined ? [] : [`stream ${event.KinesisBatchInfo.streamArn}`]),
    ...(event.Type === 'Notification' && event.TopicArn !== undefined ? [`topic ${event.TopicArn}`] : []),
    ...(Array.isArray(event.Records) ? event.Records : []).flatMap(objectOf),
  ];
}

interface KnownBody {
  readonly Records?: readonly unknown[];
  readonly Type?: string;
  readonly TopicArn?: string;
  readonly requestContext?: {readonly functionArn?: string};
  readonly DDBStreamBatchInfo?: {readonly streamArn?: string};
  readonly KinesisBatchInfo?: {readonly streamArn?: string};
}

/** S3 writes keys URL-encoded, with `+` for a space. */
function objectOf(record: unknown): string[] {
  const {s3} = (record ?? {}) as {s3?: {bucket?: {name?: string}; object?: {key?: string}}};
  const bucket = s3?.bucket?.name;
  const key = s3?.object?.key;
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
