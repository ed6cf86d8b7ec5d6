import type {AwsClients} from './clients.ts';
import {describeAwsError} from './describe-aws-error.ts';

/** The account and region that a run is about: what its first line names. */
export interface AwsIdentity {
  readonly account: string;
  readonly region: string;
  /** `https://...` of another endpoint than AWS's own. */
  readonly endpoint?: string;
  readonly arn: string;
}

export async function readIdentity(clients: AwsClients): Promise<AwsIdentity> {
  try {
    const sts = await clients.sts();
    const [{Account, Arn}, region, endpoint] = await Promise.all([
      sts.getCallerIdentity({}),
      sts.config.region(),
      configuredEndpoint(clients),
    ]);
    return {account: Account!, arn: Arn!, region, ...(endpoint === undefined ? {} : {endpoint})};
  } catch (error) {
    throw describeAwsError(error, 'find out which account this is');
  }
}

/** Also one that only the environment names: it changes what every command talks to, so it is said. */
async function configuredEndpoint(clients: AwsClients): Promise<string | undefined> {
  return clients.connection.endpoint ?? process.env.AWS_ENDPOINT_URL ?? undefined;
}
