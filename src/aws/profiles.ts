import {readFileSync} from 'node:fs';
import {homedir} from 'node:os';
import {join} from 'node:path';
import {GearError} from '../errors.ts';

/**
 * A profile that is not there, said before anything else: the SDK first misses the region that the profile would have
 * named, and says only that.
 */
export function requireProfile(given: string | undefined): void {
  const profile = given ?? process.env.AWS_PROFILE;
  if (profile === undefined || profile === '') return;
  const known = readProfiles();
  if (known.includes(profile)) return;
  const source = given === undefined ? ', which AWS_PROFILE names' : '';
  throw new GearError(`There is no profile ${profile}${source} in the AWS configuration`, {
    code: 'UNKNOWN_PROFILE',
    suggestions: known.length === 0 ? ['aws configure sso'] : known.slice(0, 5).map(name => `--profile ${name}`),
  });
}

/** The sections of both files: `[profile dev]` in one, `[dev]` in the other. */
function readProfiles(): readonly string[] {
  const {AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE} = process.env;
  const config = sections(AWS_CONFIG_FILE ?? join(homedir(), '.aws', 'config'));
  const credentials = sections(AWS_SHARED_CREDENTIALS_FILE ?? join(homedir(), '.aws', 'credentials'));
  const ofConfig = config.flatMap(name =>
    name === 'default' ? [name] : (/^profile\s+(.+)$/.exec(name)?.slice(1) ?? []),
  );
  return [...new Set([...ofConfig, ...credentials])];
}

function sections(file: string): readonly string[] {
  try {
    return [...readFileSync(file, 'utf8').matchAll(/^\s*\[([^\]]+)\]/gm)].map(([, name]) =>
      name!.trim().replaceAll(/["']/g, ''),
    );
  } catch {
    // No file is no profiles.
    return [];
  }
}
