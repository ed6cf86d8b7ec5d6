import {GearError} from '../errors.ts';
import type {AwsClients} from './clients.ts';
import {describeAwsError} from './describe-aws-error.ts';

/** The regions in which an account may have anything, in the order of their names. */
export async function enabledRegions(clients: AwsClients): Promise<readonly string[]> {
  const account = await clients.account();
  const regions: string[] = [];
  try {
    for (let NextToken: string | undefined; ; ) {
      const page = await account.listRegions({
        RegionOptStatusContains: ['ENABLED', 'ENABLED_BY_DEFAULT'],
        MaxResults: 50,
        NextToken,
      });
      regions.push(...(page.Regions ?? []).flatMap(({RegionName}) => RegionName ?? []));
      if (page.NextToken === undefined) return regions.sort();
      NextToken = page.NextToken;
    }
  } catch (error) {
    const described = describeAwsError(error, 'list the regions of the account');
    if (!(described instanceof GearError) || described.code !== 'AWS_ERROR') throw described;
    throw new GearError(described.message, {
      code: described.code,
      suggestions: ['--region eu-central-1 --region us-east-1', 'ask for account:ListRegions to be allowed'],
      cause: error,
    });
  }
}
