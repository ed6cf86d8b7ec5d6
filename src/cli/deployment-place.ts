import {requireRegion} from '../aws/region.ts';
import type {Place} from '../deploy/policy/place.ts';
import {GearError} from '../errors.ts';
import {type ConnectionFlags, connect} from './connect.ts';

/** The account and region that the flags or the environment lead to; AWS is asked only for what nobody said. */
export async function deploymentPlace(
  stackName: string,
  flags: ConnectionFlags & {readonly account?: string | undefined},
): Promise<Place> {
  const {account, region = ''} = flags;
  if (account === undefined) {
    const {identity} = await connect(flags);
    return {account: identity.account, region: identity.region, stackName};
  }
  requireRegion(region);
  if (!/^\d{12}$/.test(account))
    throw new GearError(`${account} is no AWS account: they have twelve digits`, {
      code: 'USAGE',
      suggestions: ['--account 123456789012'],
    });
  return {account, region, stackName};
}
