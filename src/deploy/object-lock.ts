import type {ObjectVersion, S3} from '@aws-sdk/client-s3';
import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import {GearError} from '../errors.ts';

interface LockedBucket {
  readonly bucket: string;
  readonly owner: string;
  /** How it may stay, where it is of a stack. */
  readonly keeping?: string | undefined;
}

/**
 * S3 deletes no version that Object Lock holds, and says so only when its turn comes, after those before it are gone.
 * Throws GearError for a bucket in which one of the newest of `versions` is held; answers how many were looked at, or
 * undefined where there is no Object Lock.
 */
export async function requireNotHeld(
  clients: AwsClients,
  target: LockedBucket,
  versions: readonly ObjectVersion[],
): Promise<number | undefined> {
  if (versions.length === 0) return undefined;
  const s3 = await clients.s3();
  try {
    if (!(await hasObjectLock(s3, target))) return undefined;
    const newest = [...versions].sort((a, b) => timeOf(b) - timeOf(a)).slice(0, mostLooks);
    const held: HeldVersion[] = [];
    for (let from = 0; from < newest.length; from += atOnce)
      for (const hold of await Promise.all(newest.slice(from, from + atOnce).map(each => holdOf(s3, target, each))))
        if (hold !== undefined) held.push(hold);
    if (held.length > 0) throw objectLocked(target, held, newest.length);
    return newest.length;
  } catch (error) {
    throw describeAwsError(error, `find out what Object Lock holds in the bucket ${target.bucket}`);
  }
}

/** Two calls for each: enough to find what a default retention holds, which is the newest. */
const mostLooks = 100;
const atOnce = 10;

interface HeldVersion {
  readonly key: string;
  readonly versionId: string;
  readonly retention?: {readonly mode: string; readonly until: Date} | undefined;
  readonly legalHold: boolean;
}

async function hasObjectLock(s3: S3, {bucket, owner}: LockedBucket): Promise<boolean> {
  const found = await unlessNone(() => s3.getObjectLockConfiguration({Bucket: bucket, ExpectedBucketOwner: owner}));
  return found?.ObjectLockConfiguration?.ObjectLockEnabled === 'Enabled';
}

async function holdOf(
  s3: S3,
  {bucket, owner}: LockedBucket,
  {Key, VersionId}: ObjectVersion,
): Promise<HeldVersion | undefined> {
  const version = {Bucket: bucket, Key: Key!, VersionId: VersionId!, ExpectedBucketOwner: owner};
  const [kept, hold] = await Promise.all([
    unlessNone(() => s3.getObjectRetention(version)),
    unlessNone(() => s3.getObjectLegalHold(version)),
  ]);
  const {Mode: mode = '', RetainUntilDate: until} = kept?.Retention ?? {};
  const retention = until !== undefined && until.getTime() > Date.now() ? {mode, until} : undefined;
  const legalHold = hold?.LegalHold?.Status === 'ON';
  return retention === undefined && !legalHold ? undefined : {key: Key!, versionId: VersionId!, retention, legalHold};
}

/** A bucket without Object Lock, a version without a hold, or one that somebody has deleted meanwhile. */
async function unlessNone<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Error && none.has(error.name)) return undefined;
    throw error;
  }
}

const none = new Set([
  'ObjectLockConfigurationNotFoundError',
  'NoSuchObjectLockConfiguration',
  'NoSuchBucket',
  'NoSuchKey',
  'NoSuchVersion',
]);

function timeOf({LastModified}: ObjectVersion): number {
  return LastModified?.getTime() ?? 0;
}

function objectLocked({bucket, keeping}: LockedBucket, held: readonly HeldVersion[], looked: number): GearError {
  const shown = held.slice(0, 3).map(holdText).join('; ');
  const more = held.length > 3 ? `; and ${held.length - 3} more` : '';
  const retained = held.flatMap(({retention}) => retention ?? []);
  const last = retained.reduce((latest, {until}) => Math.max(latest, until.getTime()), 0);
  const legal = held.find(({legalHold}) => legalHold);
  return new GearError(
    `The bucket ${bucket} cannot be emptied: Object Lock holds ${held.length} of the ${looked} versions that gear looked at: ${shown}${more}`,
    {
      code: 'OBJECT_LOCKED',
      suggestions: [
        ...(last === 0 ? [] : [`wait until ${new Date(last).toISOString()}, when the last of these is free`]),
        ...(legal === undefined ? [] : [releaseCommand(bucket, legal)]),
        ...(retained.some(({mode}) => mode === 'GOVERNANCE')
          ? [
              'whoever may s3:BypassGovernanceRetention can end governance retention (aws s3api put-object-retention --bypass-governance-retention); gear does not',
            ]
          : []),
        ...(keeping === undefined ? [] : [keeping]),
      ],
    },
  );
}

function holdText({key, retention, legalHold}: HeldVersion): string {
  const reasons = [
    ...(retention === undefined
      ? []
      : [`until ${retention.until.toISOString()} (${retention.mode.toLowerCase()} retention)`]),
    ...(legalHold ? ['by a legal hold'] : []),
  ];
  return `${key} ${reasons.join(' and ')}`;
}

function releaseCommand(bucket: string, {key, versionId}: HeldVersion): string {
  const word = /^[\w./-]+$/.test(key) ? key : `'${key.replaceAll("'", String.raw`'\''`)}'`;
  return `aws s3api put-object-legal-hold --bucket ${bucket} --key ${word} --version-id ${versionId} --legal-hold Status=OFF, for each, once it may go`;
}
