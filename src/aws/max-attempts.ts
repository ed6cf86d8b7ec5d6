import {GearError} from '../errors.ts';
import {profileSetting} from './profiles.ts';

/**
 * How often a call is tried: as the AWS configuration says, and otherwise more than the SDK's three times. Those are
 * over within a second, and a deployment is better late than broken off. Between them the SDK's standard mode waits
 * longer each time, by chance, at first 50 ms and 1 s when AWS throttles. Its adaptive mode also holds back first
 * attempts at the same client: what is throttled during a deployment is the account, by others, not this one process.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export async function maxAttempts(profile: string | undefined): Promise<number> {
  const given = process.env.AWS_MAX_ATTEMPTS || (await profileSetting(profile, 'max_attempts'));
  if (given === undefined) return attempts;
  if (!/^[1-9]\d*$/.test(given))
    throw new GearError(`AWS_MAX_ATTEMPTS, or max_attempts of the profile, is ${given}: it is a number of 1 or more`, {
      code: 'USAGE',
    });
  return Number(given);
}

const attempts = 8;
