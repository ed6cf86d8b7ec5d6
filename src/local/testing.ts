import {startLocalCloud as start} from './cloud.ts';

type LocalCloud = Pick<Awaited<ReturnType<typeof start>>, 'endpoint' | 'region' | 'account' | 'credentials' | 'close'>;
type LocalCloudOptions = Pick<NonNullable<Parameters<typeof start>[0]>, 'folder' | 'region' | 'account'> & {
  readonly port?: number;
};

/** What users' tests import from `serverless-gear/local`; types/local.d.ts declares and describes it. */
export async function startLocalCloud(options: LocalCloudOptions = {}): Promise<LocalCloud> {
  const {endpoint, region, account, credentials, close} = await start(options);
  return {endpoint, region, account, credentials, close};
}
