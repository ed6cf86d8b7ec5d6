import type {StackStatus, StackSummary} from '@aws-sdk/client-cloudformation';
import type {S3} from '@aws-sdk/client-s3';
import type {AwsClients} from '../aws/clients.ts';
import {describeAwsError} from '../aws/describe-aws-error.ts';
import {openChangeSets} from './change-set.ts';
import type {UploadedPackages} from './uploaded-packages.ts';

export interface RemovedPackages extends UploadedPackages {
  readonly removed: number;
  readonly bytes: number;
  /** Those that other stacks name, or may still fall back on. */
  readonly kept: number;
  /** The stacks that they are kept for. */
  readonly keptFor: readonly string[];
}

interface Removal extends UploadedPackages {
  /** The account, which must own the bucket. */
  readonly owner: string;
  /** Only say what would be removed. */
  readonly dryRun?: boolean;
  /** Stacks that count as gone with what they nest, by their ARNs: those that would be deleted before. */
  readonly gone?: readonly string[];
}

/**
 * Takes away what deployments of a service have uploaded, but for what any stack or waiting change set names. What goes
 * gets a delete marker, so that the bucket keeps it for another 30 days: a deployment that is about to name a package
 * uploads it anew, and nothing that is taken away is out of reach.
 */
export async function removePackages(
  clients: AwsClients,
  {bucket, service, owner, dryRun = false, gone = []}: Removal,
): Promise<RemovedPackages> {
  try {
    const s3 = await clients.s3();
    const target = {Bucket: bucket, ExpectedBucketOwner: owner};
    const objects = await listObjects(s3, {...target, Prefix: `${service}/`});
    const uses = objects.length === 0 ? [] : await stackUses(clients, `${service}/`, gone);
    const isKept = ({key}: StoredObject) => uses.some(({unsettled, text}) => unsettled || text.includes(key));
    const unused = objects.filter(object => !isKept(object));
    for (let from = 0; !dryRun && from < unused.length; from += batch) {
      const Objects = unused.slice(from, from + batch).map(({key}) => ({Key: key}));
      const {Errors = []} = await s3.deleteObjects({...target, Delete: {Objects, Quiet: true}});
      const [refused] = Errors;
      if (refused !== undefined) throw new Error(`${refused.Key}: ${refused.Message ?? refused.Code}`);
    }
    return {
      bucket,
      service,
      removed: unused.length,
      bytes: unused.reduce((sum, {bytes}) => sum + bytes, 0),
      kept: objects.length - unused.length,
      keptFor: uses
        .filter(({unsettled, text}) => unsettled || objects.some(({key}) => text.includes(key)))
        .map(({stackName}) => stackName),
    };
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchBucket')
      return {bucket, service, removed: 0, bytes: 0, kept: 0, keptFor: []};
    throw describeAwsError(error, `remove the packages of ${service} from ${bucket}`);
  }
}

/** What DeleteObjects takes at once. */
const batch = 1000;

interface StoredObject {
  readonly key: string;
  readonly bytes: number;
}

async function listObjects(s3: S3, input: Parameters<S3['listObjectsV2']>[0]): Promise<readonly StoredObject[]> {
  const found: StoredObject[] = [];
  for (let ContinuationToken: string | undefined; ; ) {
    const page = await s3.listObjectsV2({...input, ContinuationToken});
    found.push(...(page.Contents ?? []).map(({Key, Size = 0}) => ({key: Key!, bytes: Size})));
    if (page.NextContinuationToken === undefined) return found;
    ContinuationToken = page.NextContinuationToken;
  }
}

interface StackUse {
  readonly stackName: string;
  /** Its template and those of its change sets. */
  readonly text: string;
  /** A rollback may need what no template that can be read names. */
  readonly unsettled: boolean;
}

/** Of the stacks of this account and region, those that have to do with the prefix. */
async function stackUses(clients: AwsClients, prefix: string, gone: readonly string[]): Promise<readonly StackUse[]> {
  const client = await clients.cloudFormation();
  const uses: StackUse[] = [];
  for (const {StackId, RootId, StackName, StackStatus: status} of await stacks(clients)) {
    if (gone.includes(StackId!) || gone.includes(RootId!)) continue;
    const {TemplateBody: own = ''} =
      status === 'REVIEW_IN_PROGRESS' ? {} : await client.getTemplate({StackName: StackId, TemplateStage: 'Original'});
    const waiting: string[] = [];
    for (const ChangeSetName of await openChangeSets(clients, StackId!)) {
      const {TemplateBody = ''} = await client.getTemplate({ChangeSetName, TemplateStage: 'Original'});
      waiting.push(TemplateBody);
    }
    const text = [own, ...waiting].join('\n');
    if (text.includes(prefix))
      uses.push({
        stackName: StackName!,
        text,
        unsettled: /_(IN_PROGRESS|FAILED)$/.test(status!) && status !== 'REVIEW_IN_PROGRESS',
      });
  }
  return uses;
}

async function stacks(clients: AwsClients): Promise<readonly StackSummary[]> {
  const client = await clients.cloudFormation();
  const found: StackSummary[] = [];
  for (let NextToken: string | undefined; ; ) {
    const page = await client.listStacks({NextToken});
    found.push(...(page.StackSummaries ?? []));
    if (page.NextToken === undefined)
      return found.filter(({StackStatus}) => StackStatus !== ('DELETE_COMPLETE' satisfies StackStatus));
    NextToken = page.NextToken;
  }
}
