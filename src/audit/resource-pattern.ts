/**
 * Whether a Resource pattern names nothing: `*`, and what comes to the same (`arn:aws:s3:::*`, `arn:aws:sqs:*:*:*`,
 * `...:table/*`). Patterns that begin with a name (`arn:aws:s3:::receipts/*`, `log-group:/aws/lambda/ingest:*`) are
 * the form in which those resources are named.
 */
export function namesNothing(pattern: string): boolean {
  if (/^\*+$/.test(pattern)) return true;
  const [prefix, , service, region, account, ...rest] = splitArn(pattern);
  if (prefix !== 'arn') return false;
  if (service === undefined || region === undefined || account === undefined) return pattern.endsWith('*');
  return (untyped.has(service) ? /^\*/ : /^([a-zA-Z-]+[/:])?\*/).test(rest.join(':'));
}

/** Their ARNs begin with the name itself: `receipts/*` names a bucket, as `table/*` names no table. */
const untyped = new Set(['codecommit', 'execute-api', 's3', 'sns', 'sqs']);

export function isStar(pattern: string): boolean {
  return /^\*+$/.test(pattern);
}

/** `*`, `s3:*`, `S3:**`. */
export function allowsWholeService(action: string): boolean {
  return isStar(action) || /^[^:]+:\*+$/.test(action);
}

/** By colons, those inside a placeholder such as `${AWS::Region}` not counted. */
function splitArn(pattern: string): readonly string[] {
  return pattern.replaceAll(/\$\{[^}]*\}/g, '$').split(':');
}
