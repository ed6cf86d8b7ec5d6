import type {EventSourceMapping} from '../../../model/event-source.ts';
import type {BucketNotification, LambdaFunction} from '../../../model/lambda-function.ts';
import {nameInArn} from '../../../model/name-in-arn.ts';
import {isUnresolved} from '../../../model/resolvable.ts';
import {type Detection, defineRule, type Unknown} from '../../define-rule.ts';
import {type Grant, grantsFinder} from '../../grants.ts';
import {mappingsOf, roleOf} from '../../relations.ts';

export default defineRule({
  id: 'resilience/writes-to-own-trigger',
  subject: 'function',
  severity: 'medium',
  title: 'A function may write to what invokes it',
  why: 'An object that it writes invokes it again, and so on: a loop that is paid for until somebody sees it. Lambda stops some of these loops after 16 rounds, and drops the event.',
  remedy: 'Write to another bucket or queue, or allow the role a prefix that the notification does not watch.',
  since: '0.1.0',
  examples: {
    bad: 'Events: {Uploads: {Type: S3, Properties: {Bucket: !Ref Photos, Events: s3:ObjectCreated:*}}}\nPolicies: [S3CrudPolicy: {BucketName: !Ref Photos}]',
    good: 'Policies: [S3ReadPolicy: {BucketName: !Ref Photos}, S3WritePolicy: {BucketName: !Ref Thumbnails}]',
  },
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html',
  *check(fn, {inventory}) {
    const notifications = fn.triggers.flatMap(({notification}) => notification ?? []);
    const mappings = mappingsOf(fn, inventory).filter(({kind}) => kind === 'sqs');
    if (notifications.length + mappings.length === 0) return;
    const role = roleOf(fn, inventory);
    if (role === undefined) {
      // Of an account all roles are read, or the report says that they could not be.
      if (inventory.source.kind === 'template') yield {unknown: 'its role is not in what was read'};
      return;
    }
    const grantsFor = grantsFinder(role, inventory);
    for (const notification of notifications) yield* loopOfBucket(fn, notification, grantsFor('s3:PutObject'));
    for (const mapping of mappings) yield* loopOfQueue(fn, mapping, grantsFor('sqs:SendMessage'));
  },
});

function* loopOfBucket(
  {name}: LambdaFunction,
  {bucketArn, prefix = '', suffix}: BucketNotification,
  grants: readonly Grant[],
): Iterable<Detection | Unknown> {
  if (grants.length === 0) return;
  const unknown = [bucketArn, prefix].find(isUnresolved);
  if (isUnresolved(bucketArn) || isUnresolved(prefix)) {
    yield {unknown: `the bucket that invokes it, or its filter, is not known: ${unknown?.reason}`};
    return;
  }
  // A grant on every bucket is another rule's.
  const grant = grants.find(({resource}) => mayWrite(resource, bucketArn, prefix));
  if (grant === undefined) return;
  const bucket = nameInArn(bucketArn).replace(/^\$\{(.*)\}$/, '$1');
  const only = suffix === undefined || isUnresolved(suffix) ? '' : `; only the suffix ${suffix} keeps them apart`;
  yield {
    message: `${name} is invoked by objects in ${bucket} and may write them there${only}`,
    ...(suffix === undefined ? {} : {severity: 'low'}),
    evidence: {bucket, allowed: grant.resource, ...(prefix === '' ? {} : {prefix})},
    key: bucketArn,
  };
}

/** Whether a key that begins with `prefix` can match what is allowed. */
function mayWrite(resource: string, bucketArn: string, prefix: string): boolean {
  if (!resource.startsWith(`${bucketArn}/`)) return false;
  const pattern = resource.slice(bucketArn.length + 1);
  const fixed = pattern.slice(0, pattern.search(/[*?]|\$\{|$/));
  return fixed === pattern ? pattern.startsWith(prefix) : fixed.startsWith(prefix) || prefix.startsWith(fixed);
}

function* loopOfQueue(
  {name}: LambdaFunction,
  {sourceArn}: EventSourceMapping,
  grants: readonly Grant[],
): Iterable<Detection> {
  if (isUnresolved(sourceArn) || !grants.some(({resource}) => resource === sourceArn)) return;
  yield {
    message: `${name} reads the queue ${nameInArn(sourceArn).replace(/^\$\{(.*)\}$/, '$1')} and may send to it`,
    // Putting a message back for later is done on purpose, too.
    severity: 'low',
    evidence: {queue: sourceArn},
    key: sourceArn,
  };
}
