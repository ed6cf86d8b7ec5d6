import {requireRegion} from '../aws/region.ts';
import type {Place} from '../deploy/policy/place.ts';
import {GearError} from '../errors.ts';
import {type ConnectionFlags, connect} from './connect.ts';

/** The account and region that the flags, gear.yaml or the environment lead to; AWS is asked only for what nobody said. */
export async function deploymentPlace(
  stackName: string,
  flags: ConnectionFlags & {readonly account?: string | undefined},
): Promise<Place> {
  const {account, region} = flags;
  if (account === undefined) {
    const {identity} = await connect(flags).catch(withoutAsking);
    return {account: identity.account, region: identity.region, stackName};
  }
  if (region === undefined)
    throw new GearError('--account needs --region, or a region in gear.yaml', {
      code: 'USAGE',
      suggestions: ['--region eu-central-1'],
    });
  requireRegion(region);
  if (!/^\d{12}$/.test(account))
    throw new GearError(`${account} is no AWS account: they have twelve digits`, {
      code: 'USAGE',
      suggestions: ['--account 123456789012'],
    });
  return {account, region, stackName};
}

/** Nobody needs credentials for a policy, and the embedded AWS has no deployer whom it could be for. */
function withoutAsking(error: unknown): never {
  if (!(error instanceof GearError && error.code === 'NO_CREDENTIALS')) throw error;
  throw new GearError(error.message, {
    code: error.code,
    suggestions: [
      '--account 123456789012 --region eu-central-1, so that AWS is not asked',
      ...error.suggestions.slice(0, 1),
    ],
    cause: error.cause,
  });
}
