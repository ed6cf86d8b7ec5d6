import type {Emptied} from '../deploy/empty-bucket.ts';
import {exitCodes, GearError, isAborted} from '../errors.ts';
import {contentsText, emptyingLine} from '../report/destroy.ts';
import {bucketQuestion, type DestroyedBucket, interruptedBucketText} from '../report/destroyed-bucket.ts';
import {typesName} from './confirm-name.ts';
import {type ConnectionFlags, connect} from './connect.ts';
import {interruptible} from './interrupt.ts';

interface BucketFlags extends ConnectionFlags {
  readonly yes: boolean;
  readonly 'dry-run': boolean;
}

/** A bucket that a stack has kept; undefined when nobody confirmed it. */
export async function destroyBucket(
  bucket: string,
  flags: BucketFlags,
  note: (text: string) => void,
): Promise<DestroyedBucket | undefined> {
  const {clients, identity} = await connect(flags, {starts: false});
  const {placeText} = await import('../report/target.ts');
  note(`${flags['dry-run'] ? 'Looking at' : 'Deleting'} the bucket ${bucket} in ${placeText(identity)}`);
  const {deleteBucket, leftBucket} = await import('../deploy/delete-bucket.ts');
  const target = {bucket, owner: identity.account};
  const contents = await leftBucket(clients, target);
  const nothing = {bucket, versions: 0, uploads: 0};
  if (contents === undefined) return {...nothing, existed: false, deleted: false};
  note(`${bucket} is ${contentsText(contents)}`);
  if (flags['dry-run']) return {...nothing, existed: true, deleted: false};
  const otherwise = `gear destroy --bucket ${bucket} --yes`;
  if (!flags.yes && !(await typesName({message: bucketQuestion(bucket), name: bucket, otherwise}))) return undefined;
  let gone = 0;
  const emptied = await interruptible(
    async signal => {
      const onProgress = (progress: Emptied) => {
        gone = progress.versions;
        note(emptyingLine(bucket, progress));
      };
      try {
        return await deleteBucket(clients, {...target, signal, onProgress});
      } catch (error) {
        if (!isAborted(error)) throw error;
        throw new GearError(interruptedBucketText(bucket, gone), {
          code: 'INTERRUPTED',
          exit: exitCodes.interrupted,
          cause: error,
        });
      }
    },
    {evenUnread: true},
  );
  return {bucket, existed: true, deleted: true, ...emptied};
}
