import {readdirSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {operations as iam} from '../../../../src/local/services/iam/operations/index.ts';
import {operations as sts} from '../../../../src/local/services/sts/operations/index.ts';

test.each([
  ['iam', iam],
  ['sts', sts],
] as const)('every operation of %s in its folder is listed', (service, operations) => {
  const folder = fileURLToPath(new URL(`../../../../src/local/services/${service}/operations/`, import.meta.url));
  const files = readdirSync(folder).filter(file => file !== 'index.ts');
  const names = operations.map(({name}) => `${name.replaceAll(/(?<!^)([A-Z])/g, '-$1').toLowerCase()}.ts`);
  expect([...names].sort()).toEqual(files.sort());
});
