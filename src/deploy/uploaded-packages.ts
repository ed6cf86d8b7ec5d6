import {artifactBucketName} from './artifact-bucket.ts';

/** Where deployments of a service have put packages and templates: one folder for all of its stacks. */
export interface UploadedPackages {
  readonly bucket: string;
  readonly service: string;
}

type Resources = Readonly<
  Record<string, {readonly Properties?: {readonly Code?: unknown; readonly TemplateURL?: unknown}} | null>
>;

/** As the code of a stack's functions says, or the address of a nested template; undefined where gear has not deployed them. */
export function uploadedPackages(resources: Resources, account: string): UploadedPackages | undefined {
  const prefix = artifactBucketName({account, region: ''});
  for (const [logicalId, resource] of Object.entries(resources)) {
    const url = resource?.Properties?.TemplateURL;
    const [, bucket, of] =
      /^https:\/\/([^./]+)\.s3\.[^/]+\/([^/]+)\/template\/[0-9a-f]{64}\.yaml$/.exec(
        typeof url === 'string' ? url : '',
      ) ?? [];
    if (bucket?.startsWith(prefix)) return {bucket, service: of!};
    const {S3Bucket, S3Key} = (resource?.Properties?.Code ?? {}) as Readonly<Record<string, unknown>>;
    if (typeof S3Bucket !== 'string' || typeof S3Key !== 'string') continue;
    const [service = '', id, file] = S3Key.split('/');
    if (S3Bucket.startsWith(prefix) && id === logicalId && file !== undefined) return {bucket: S3Bucket, service};
  }
  return undefined;
}
