import {loadSharedConfigFiles} from '@smithy/core/config';
import {GearError} from '../errors.ts';

/**
 * A profile that is not there, said before anything else: the SDK first misses the region that the profile would have
 * named, and says only that.
 */
export async function requireProfile(given: string | undefined): Promise<void> {
  const profile = given ?? process.env.AWS_PROFILE;
  if (profile === undefined || profile === '') return;
  const {configFile, credentialsFile} = await loadSharedConfigFiles();
  const names = [...new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)])];
  if (names.includes(profile)) return;
  const known = names.filter(isProfile);
  const source = given === undefined ? ': AWS_PROFILE names it' : '';
  throw new GearError(`There is no profile ${profile} in the AWS configuration${source}`, {
    code: 'UNKNOWN_PROFILE',
    suggestions: known.length === 0 ? ['aws configure sso'] : known.slice(0, 5).map(name => `--profile ${name}`),
  });
}

/** What the profile's section of the configuration says; undefined when there is none. */
export async function profileSetting(given: string | undefined, setting: string): Promise<string | undefined> {
  const profile = given ?? (process.env.AWS_PROFILE || 'default');
  const {configFile, credentialsFile} = await loadSharedConfigFiles();
  return {...credentialsFile[profile], ...configFile[profile]}[setting];
}

/** The SDK gives the sections of sessions and services under names like `sso-session.corp`. */
function isProfile(name: string): boolean {
  return !/^(sso-session|services)\./.test(name);
}
