import type {LambdaFunctionConfiguration} from '@aws-sdk/client-s3';
import type {BucketNotification, LambdaFunction, Trigger} from '../../model/lambda-function.ts';
import {isUnresolved, type Resolvable, unresolved} from '../../model/resolvable.ts';
import {withoutQualifier} from '../event-source-kinds.ts';
import {isPing} from '../is-ping.ts';
import type {EventRule} from './event-rules.ts';

export interface BucketNotifications {
  readonly bucketArn: string;
  readonly notifications: Resolvable<readonly LambdaFunctionConfiguration[]>;
}

/** What a function's own policy does not say of who invokes it: which objects, and whether a rule only pings. */
export function triggersInDetail(
  fn: LambdaFunction,
  rules: readonly EventRule[] | undefined,
  buckets: readonly BucketNotifications[],
): readonly Trigger[] {
  return fn.triggers.flatMap((trigger): readonly Trigger[] => {
    if (trigger.kind === 'event-rule') return [{...trigger, ...(onlyPing(fn, rules) ? {keepsWarm: true} : {})}];
    if (trigger.kind !== 'bucket') return [trigger];
    const known = buckets.flatMap(bucket => notificationsOf(fn, bucket));
    return known.length === 0 ? [trigger] : known.map(notification => ({...trigger, notification}));
  });
}

/** Undefined rules are not known, and a rule whose targets could not be read may send anything. */
function onlyPing({arn}: LambdaFunction, rules: readonly EventRule[] | undefined): boolean {
  if (rules === undefined || rules.some(({targets}) => isUnresolved(targets))) return false;
  const targets = rules.flatMap(rule => (isUnresolved(rule.targets) ? [] : rule.targets));
  const own = targets.filter(({Arn = ''}) => withoutQualifier(Arn) === arn);
  return own.length > 0 && own.every(({Input = ''}) => isPing(Input));
}

function notificationsOf(
  {arn}: LambdaFunction,
  {bucketArn, notifications}: BucketNotifications,
): readonly BucketNotification[] {
  if (isUnresolved(notifications)) {
    const prefix = unresolved(bucketArn, notifications.reason);
    return [{bucketArn, prefix}];
  }
  return notifications
    .filter(({LambdaFunctionArn = ''}) => withoutQualifier(LambdaFunctionArn) === arn)
    .map(({Filter}) => {
      const rules = Filter?.Key?.FilterRules ?? [];
      const rule = (wanted: string) => rules.find(({Name}) => Name?.toLowerCase() === wanted)?.Value;
      const [prefix, suffix] = [rule('prefix'), rule('suffix')];
      return {
        bucketArn,
        ...(prefix === undefined ? {} : {prefix}),
        ...(suffix === undefined ? {} : {suffix}),
      };
    });
}
