import {expect, test} from 'vitest';
import {audit} from '../../src/audit/audit.ts';
import rule from '../../src/audit/rules/size/package-too-large.ts';
import type {DeploymentPackage} from '../../src/model/deployment-package.ts';
import {inventoryOf} from './inventory-of.ts';

const megabyte = 1_048_576;
const files = (megabytes: number): DeploymentPackage => ({
  kind: 'files',
  path: './dist',
  files: [{path: 'model.bin', bytes: megabytes * megabyte}],
});

test.each<[string, DeploymentPackage, string[]]>([
  ['251 MB unzipped', files(251), ['high Ingest has 251 MB unzipped; the limit is 250 MB']],
  ['more than four fifths of the limit', files(210), ['medium Ingest has 210 MB unzipped; the limit is 250 MB']],
  ['a large part of it', files(199), []],
  [
    'an archive too large for a direct upload',
    {kind: 'archive', compressedBytes: 60 * megabyte},
    ['medium Ingest has 60 MB zipped; more than 50 MB goes through S3 only'],
  ],
  ['an image', {kind: 'image'}, []],
])('%s', async (_, deploymentPackage, expected) => {
  const inventory = await inventoryOf(
    'Resources: {Ingest: {Type: AWS::Lambda::Function, Properties: {Runtime: nodejs24.x}}}',
  );
  const functions = inventory.functions.map(fn => ({...fn, package: deploymentPackage}));
  const {findings} = audit({...inventory, functions}, [rule], {today: '2026-11-21'});
  expect(findings.map(({severity, message}) => `${severity} ${message}`)).toEqual(expected);
});

test('layers count, and the ten largest packages are named', async () => {
  const inventory = await inventoryOf(
    'Resources: {Ingest: {Type: AWS::Lambda::Function, Properties: {Runtime: nodejs24.x}}}',
  );
  const of = (names: readonly string[], megabytes: number) => names.map(path => ({path, bytes: megabytes * megabyte}));
  const packages = Array.from({length: 12}, (_, index) => `node_modules/@orders/p${index}/index.js`);
  const deploymentPackage: DeploymentPackage = {
    kind: 'archive',
    compressedBytes: megabyte,
    files: [...of(['index.mjs', 'lib/tax.jar'], 1), ...of(packages, 10)],
  };
  const layerPackages = [
    {
      arn: 'arn:aws:lambda:eu-central-1:111122223333:layer:science:3',
      files: of(['python/numpy/core.so', 'python/numpy/linalg.so'], 70),
    },
  ];
  const functions = inventory.functions.map(fn => ({...fn, package: deploymentPackage, layerPackages}));
  const {findings} = audit({...inventory, functions}, [rule], {today: '2026-11-21'});
  expect(findings.map(({message}) => message)).toEqual([
    'Ingest has 262 MB unzipped, layers included; the limit is 250 MB',
  ]);
  const largest = findings[0]!.evidence.largest as readonly string[];
  expect(largest).toHaveLength(10);
  expect(largest.slice(0, 2)).toEqual(['numpy 140 MB', '@orders/p0 10 MB']);
});
