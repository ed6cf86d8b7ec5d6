import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {readManifest} from '../../src/inventory/saved/manifest.ts';

const manifest = (accounts: unknown) => ({version: 1, gear: '0.1.0', readAt: '2026-11-22', complete: true, accounts});

test.each([
  ['no region', [{account: '111122223333'}]],
  ['an account in a list', [{account: ['111122223333'], region: 'eu-central-1'}]],
  ['an account that is a number', [{account: 111122223333, region: 'eu-central-1'}]],
  ['a region that leads elsewhere', [{account: '111122223333', region: '../..'}]],
  ['nothing for an account', [null]],
])('refuses what is saved of %s', (_, accounts) => {
  const folder = mkdtempSync(join(tmpdir(), 'gear-manifest-'));
  try {
    writeFileSync(join(folder, 'gear-account.json'), JSON.stringify(manifest(accounts)));
    expect(() => readManifest(folder)).toThrow('is not what gear audit --save of this version writes');
  } finally {
    rmSync(folder, {recursive: true});
  }
});
