import type {AwsClients} from './clients.ts';
import {describeAwsError} from './describe-aws-error.ts';
import {requireEndpoint} from './endpoint.ts';
import {requireRegion} from './region.ts';

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
    const endpoint = configuredEndpoint(clients);
    const sts = await clients.sts();
    const region = await sts.config.region();
    // Another endpoint may have regions of its own.
    if (endpoint === undefined) requireRegion(region);
    const {Account, Arn} = await sts.getCallerIdentity({});
    return {account: Account!, arn: Arn!, region, ...(endpoint === undefined ? {} : {endpoint})};
  } catch (error) {
    throw describeAwsError(error, 'find out which account this is');
  }
}

/** Also one that only the environment names: it changes what every command talks to, so it is said. */
function configuredEndpoint(clients: AwsClients): string | undefined {
  const {endpoint: given} = clients.connection;
  const endpoint = given ?? (process.env.AWS_ENDPOINT_URL || undefined);
  if (endpoint !== undefined) requireEndpoint(endpoint, given === undefined ? 'AWS_ENDPOINT_URL' : '--endpoint-url');
  return endpoint;
}
