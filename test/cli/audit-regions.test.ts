import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {afterEach, expect, test, vi} from 'vitest';
import Audit from '../../src/commands/audit/index.ts';
import {largeAccount, scaled} from '../fake-aws/account-size.ts';
import {type FakeAws, type FakeAwsOptions, startFakeAws} from '../fake-aws/fake-aws.ts';

const size = scaled(largeAccount, 0.004);
const regions = ['us-east-1', 'eu-central-1', 'ap-southeast-2'];

let aws: FakeAws | undefined;
afterEach(async () => {
  await aws?.close();
  vi.unstubAllEnvs();
});

/** The command in this process, on a fake account. */
async function gearAudit(args: readonly string[], options: Pick<FakeAwsOptions, 'fail'> = {}) {
  aws = await startFakeAws({size, regions, ...options});
  const home = mkdtempSync(join(tmpdir(), 'gear-regions-'));
  for (const [name, value] of Object.entries({
    HOME: home,
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example',
  }))
    vi.stubEnv(name, value);
  const output = {stdout: '', stderr: ''};
  for (const stream of ['stdout', 'stderr'] as const)
    vi.spyOn(process[stream], 'write').mockImplementation(chunk => {
      output[stream] += chunk;
      return true;
    });
  const before = process.exitCode;
  try {
    await Audit.run(['--endpoint-url', aws.endpoint, ...args], resolve(import.meta.dirname, '../..'));
    return {...output, exitCode: process.exitCode, fake: aws};
  } finally {
    vi.restoreAllMocks();
    process.exitCode = before;
    rmSync(home, {recursive: true});
  }
}

test('--all-regions reads each enabled region, and the roles and the caller once', async () => {
  const {stdout, stderr, fake} = await gearAudit(['--all-regions', '--json']);
  const {findings} = JSON.parse(stdout) as {findings: readonly {origin: {region?: string}}[]};
  expect(new Set(findings.map(({origin}) => origin.region))).toEqual(new Set(regions));
  expect(stderr.match(/region \S+,/g)).toEqual(['region ap-southeast-2,', 'region eu-central-1,', 'region us-east-1,']);
  for (const region of regions) expect(fake.counts(region)['lambda.GetPolicy']).toBe(size.functions);
  expect(fake.counts()).toMatchObject({
    'iam.GetAccountAuthorizationDetails': 1,
    'sts.GetCallerIdentity': 1,
    'account.ListRegions': 1,
  });
});

test('when the regions may not be listed, it says what to do', async () => {
  const {stderr, exitCode} = await gearAudit(['--all-regions'], {
    fail: ({operation}) => (operation === 'ListRegions' ? {code: 'AccessDeniedException', status: 403} : undefined),
  });
  expect(stderr).toMatch(/^Error: Could not list the regions of the account: AccessDeniedException/m);
  expect(stderr).toContain('Try: --region eu-central-1 --region us-east-1');
  expect(exitCode).toBe(2);
});

test('--quick makes listing calls only, and says what it left out', async () => {
  const {stdout, fake} = await gearAudit(['--quick', '--region', 'eu-central-1', '--json']);
  const {notChecked} = JSON.parse(stdout) as {notChecked: readonly {resource: string; reason: string}[]};
  expect(notChecked).toContainEqual(
    expect.objectContaining({
      rule: 'resilience/*',
      resource: 'what functions are tied to',
      reason: 'it takes a call for each, which --quick leaves out',
    }),
  );
  expect(Object.keys(fake.counts()).filter(name => /GetPolicy|ListTags|Queue|Topic|Backups/.test(name))).toEqual([]);
});
