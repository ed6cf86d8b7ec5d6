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
  const source = given === undefined ? ': AWS_PROFILE names it' : '';
  throw new GearError(`There is no profile ${profile} in the AWS configuration${source}`, {
    code: 'UNKNOWN_PROFILE',
    suggestions: known.length === 0 ? ['aws configure sso'] : known.slice(0, 5).map(name => `--profile ${name}`),
  });
}

/** What the profile's section of the configuration says; undefined when there is none. */
export function profileSetting(given: string | undefined, setting: string): string | undefined {
  const profile = given ?? (process.env.AWS_PROFILE || 'default');
  const named = profile === 'default' ? /^(?:profile\s+)?default$/ : undefined;
  const {config, credentials} = files();
  const texts = [
    ...config.filter(({name}) => named?.test(name) ?? configProfile(name) === profile),
    ...credentials.filter(({name}) => name === profile),
  ].map(({text}) => text);
  return texts.map(text => new RegExp(`^${setting}\\s*=\\s*(\\S+)`, 'm').exec(text)?.[1]).find(Boolean);
}

/** The sections of both files: `[profile dev]` in one, `[dev]` in the other. */
function readProfiles(): readonly string[] {
  const {config, credentials} = files();
  const ofConfig = config.flatMap(({name}) => configProfile(name) ?? []);
  return [...new Set([...ofConfig, ...credentials.map(({name}) => name)])];
}

function configProfile(name: string): string | undefined {
  return name === 'default' ? name : /^profile\s+(.+)$/.exec(name)?.[1];
}

function files() {
  const {AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE} = process.env;
  return {
    config: sections(AWS_CONFIG_FILE ?? join(homedir(), '.aws', 'config')),
    credentials: sections(AWS_SHARED_CREDENTIALS_FILE ?? join(homedir(), '.aws', 'credentials')),
  };
}

interface Section {
  readonly name: string;
  /** Up to the next one. */
  readonly text: string;
}

function sections(file: string): readonly Section[] {
  try {
    return [...readFileSync(file, 'utf8').matchAll(/^\s*\[([^\]]+)\]([^[]*)/gm)].map(([, name, text]) => ({
      name: name!.trim().replaceAll(/["']/g, ''),
      text: text!,
    }));
  } catch {
    // No file is no profiles.
    return [];
  }
}
