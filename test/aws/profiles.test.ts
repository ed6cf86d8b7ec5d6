import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, afterEach, beforeEach, expect, test, vi} from 'vitest';
import {profileSetting, requireProfile} from '../../src/aws/profiles.ts';

const folder = mkdtempSync(join(tmpdir(), 'gear-profiles-'));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

const config = `# gone: [profile old]
[default]
region = eu-central-1

[profile dev] ; the team's
s3 =
  max_attempts = 2
role_session_name = [dev]
max_attempts = 4 # enough

[profile "quoted.name"]\r
  max_attempts = 6\r

[sso-session corp]
sso_region = eu-west-1

[services local]
s3 =
  endpoint_url = http://localhost:9000
`;
writeFileSync(join(folder, 'config'), config);
writeFileSync(join(folder, 'credentials'), '[keys]\naws_access_key_id = AKIDEXAMPLE\nmax_attempts = 3\n');

beforeEach(() => {
  vi.stubEnv('AWS_PROFILE', '');
  vi.stubEnv('HOME', folder);
  vi.stubEnv('AWS_CONFIG_FILE', '~/config');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'credentials'));
});
afterEach(() => vi.unstubAllEnvs());

test.each([
  ['default', undefined],
  ['dev', '4'],
  ['quoted.name', '6'],
  ['keys', '3'],
])('the profile %s is there, and is read as the SDK reads it', async (profile, attempts) => {
  await requireProfile(profile);
  expect(await profileSetting(profile, 'max_attempts')).toBe(attempts);
});

test.each(['old', 'corp', 'local', 'profile dev'])(
  '%s is no profile, and those that are there are proposed',
  async name => {
    await expect(requireProfile(name)).rejects.toMatchObject({
      code: 'UNKNOWN_PROFILE',
      suggestions: ['--profile default', '--profile dev', '--profile quoted.name', '--profile keys'],
    });
  },
);
