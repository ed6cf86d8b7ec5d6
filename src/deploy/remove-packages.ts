import type {S3} from '@aws-sdk/client-s3';
import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import {type StackUse, stackUses, templateOf} from './stack-uses.ts';
import type {UploadedPackages} from './uploaded-packages.ts';
import {templateKey} from './uploaded-template.ts';

export interface RemovedPackages extends UploadedPackages {
  readonly removed: number;
  readonly bytes: number;
  /** Those that other stacks name, or may still fall back on. */
  readonly kept: number;
  /** The stacks that they are kept for. */
  readonly keptFor: readonly string[];
  /** Those that a deployment may just have sent, and is about to name. */
  readonly young: number;
}

interface Removal extends UploadedPackages {
  /** The account, which must own the bucket. */
  readonly owner: string;
  /** Only say what would be removed. */
  readonly dryRun?: boolean;
  /** Stacks that are deleted or would be before, by their ARNs: nothing is kept for them, and what they name is not young. */
  readonly gone?: readonly string[];
  readonly signal?: AbortSignal;
}

/** From sending packages to a change set that names them a deployment takes minutes. */
const youth = 60 * 60_000;

/**
 * Takes away what deployments of a service have uploaded, but for what any stack or waiting change set names, and what
 * a deployment that has no change set yet may have sent. What goes gets a delete marker, so that the bucket keeps it
 * for another 30 days, and nothing that is taken away is out of reach.
 */
export async function removePackages(
  clients: AwsClients,
  {bucket, service, owner, dryRun = false, gone = [], signal}: Removal,
): Promise<RemovedPackages> {
  try {
    const s3 = await clients.s3();
    const target = {Bucket: bucket, ExpectedBucketOwner: owner};
    const objects = await listObjects(s3, {...target, Prefix: `${service}/`});
    const of = {prefix: `${service}/`, gone};
    let uses = objects.length === 0 ? [] : await stackUses(clients, of);
    const named = objects.length === 0 ? '' : await namedByGone(clients, service, gone);
    // The clock of S3, as far as the SDK knows it; within minutes is enough.
    const oldest = Date.now() + s3.config.systemClockOffset - youth;
    const isYoung = ({key, sent}: StoredObject) => sent > oldest && !named.includes(key);
    const isUnused = (object: StoredObject) => !uses.some(use => needs(use, object));
    const unused = () => objects.filter(object => !isYoung(object) && isUnused(object));
    // To read all stacks takes a while, in which one may have gone from what it names to what it named before: both count.
    if (!dryRun && unused().length > 0) uses = [...uses, ...(await stackUses(clients, {...of, before: uses}))];
    const going = unused();
    for (let from = 0; !dryRun && from < going.length; from += batch) {
      signal?.throwIfAborted();
      const Objects = going.slice(from, from + batch).map(({key}) => ({Key: key}));
      const {Errors = []} = await s3.deleteObjects({...target, Delete: {Objects, Quiet: true}});
      const [refused] = Errors;
      if (refused !== undefined) throw new Error(`${refused.Key}: ${refused.Message ?? refused.Code}`);
    }
    const young = objects.filter(object => isYoung(object) && isUnused(object)).length;
    const keeping = uses.filter(use => objects.some(object => needs(use, object)));
    return {
      bucket,
      service,
      removed: going.length,
      bytes: going.reduce((sum, {bytes}) => sum + bytes, 0),
      kept: objects.length - going.length - young,
      keptFor: [...new Set(keeping.map(({stackName}) => stackName))],
      young,
    };
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchBucket')
      return {bucket, service, removed: 0, bytes: 0, kept: 0, keptFor: [], young: 0};
    throw describeAwsError(error, `remove the packages of ${service} from ${bucket}`);
  }
}

/** What DeleteObjects takes at once. */
const batch = 1000;

/** All of them while it may roll back to any. */
function needs({template, waiting, unsettled}: StackUse, {key}: StoredObject): boolean {
  const texts = [template, ...waiting].filter(text => text !== '');
  return texts.length > 0 && (unsettled || texts.some(text => text.includes(key)));
}

/** What those have used that are gone, with their own templates: nobody is only about to name it. */
async function namedByGone(clients: AwsClients, service: string, gone: readonly string[]): Promise<string> {
  const texts: string[] = [];
  for (const StackName of gone) texts.push(await templateOf(clients, {StackName}));
  return texts.flatMap(text => [text, templateKey(service, text)]).join('\n');
}

interface StoredObject {
  readonly key: string;
  readonly bytes: number;
  /** Milliseconds since the epoch. */
  readonly sent: number;
}

async function listObjects(s3: S3, input: Parameters<S3['listObjectsV2']>[0]): Promise<readonly StoredObject[]> {
  const found: StoredObject[] = [];
  for (let ContinuationToken: string | undefined; ; ) {
    const page = await s3.listObjectsV2({...input, ContinuationToken});
    for (const {Key, Size = 0, LastModified} of page.Contents ?? [])
      found.push({key: Key!, bytes: Size, sent: LastModified?.getTime() ?? Number.POSITIVE_INFINITY});
    if (page.NextContinuationToken === undefined) return found;
    ContinuationToken = page.NextContinuationToken;
  }
}
