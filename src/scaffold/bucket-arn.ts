/**
 * The ARN of a bucket as text of a template, from its name alone: what refers to the bucket would wait for it, and the
 * bucket waits for the policy that names it. Undefined where CloudFormation chooses the name.
 */
export function bucketArn(name: unknown): string | undefined {
  if (name === undefined || JSON.stringify(name).includes('AWS::NoValue')) return undefined;
  const prefix = `arn:\${AWS::Partition}:s3:::`;
  if (typeof name === 'string') return `!Sub ${prefix}${name}`;
  const {Ref, 'Fn::Sub': text} = name as {Ref?: string; 'Fn::Sub'?: unknown};
  if (Ref !== undefined) return `!Sub ${prefix}\${${Ref}}`;
  if (typeof text === 'string') return `!Sub ${prefix}${text}`;
  return `!Sub [${JSON.stringify(`${prefix}\${BucketName}`)}, ${JSON.stringify({BucketName: name})}]`;
}
