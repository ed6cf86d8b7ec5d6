import {expect, test} from 'vitest';
import {audit} from '../../src/audit/audit.ts';
import rule from '../../src/audit/rules/size/foreign-binaries.ts';
import type {LayerPackage} from '../../src/model/deployment-package.ts';
import {inventoryOf} from './inventory-of.ts';

const layer = (name: string, machine?: string): LayerPackage => ({
  arn: `arn:aws:lambda:eu-central-1:111122223333:layer:${name}`,
  files: [
    {path: 'python/numpy/core.so', bytes: 2048, ...(machine === undefined ? {} : {machine})},
    {path: 'python/numpy/__init__.py', bytes: 100},
  ],
});

async function judged(layerPackages: readonly LayerPackage[], architecture: string) {
  const inventory = await inventoryOf(
    `Resources: {Ingest: {Type: AWS::Lambda::Function, Properties: {Architectures: [${architecture}], Code: {ZipFile: x}}}}`,
  );
  const functions = inventory.functions.map(fn => ({...fn, layerPackages}));
  return audit({...inventory, functions}, [rule], {today: '2026-11-21'});
}

test('native modules of layers are for the machine of the function', async () => {
  const layers = [layer('science:3', 'linux x64'), layer('fast:1', 'linux arm64'), layer('plain:2')];
  const {findings} = await judged(layers, 'arm64');
  expect(findings.map(({severity, message, evidence}) => [severity, message, evidence.layer])).toEqual([
    [
      'high',
      'the layer science of Ingest holds native modules for linux x64 (2 KB), and none for linux arm64',
      'arn:aws:lambda:eu-central-1:111122223333:layer:science:3',
    ],
  ]);
});

test('a finding in a layer stays the same when the layer has a new version', async () => {
  const prints = async (version: string) =>
    (await judged([layer(version, 'macOS arm64')], 'arm64')).findings.map(({fingerprint}) => fingerprint);
  expect(await prints('science:3')).toEqual(await prints('science:4'));
  expect(await prints('science:3')).not.toEqual(await prints('other:3'));
});

test('layers of a function whose architecture is not known are not checked', async () => {
  expect((await judged([layer('science:3', 'linux x64')], '!Ref Nothing')).notChecked).toHaveLength(1);
});
