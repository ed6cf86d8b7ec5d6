import type {LocalConnection} from './connection-file.ts';

/** What points an AWS SDK or tool at the embedded AWS. */
export function clientEnvironment({
  endpoint,
  region,
  accessKeyId,
  secretAccessKey,
}: Pick<LocalConnection, 'endpoint' | 'region' | 'accessKeyId' | 'secretAccessKey'>): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}
