import {expect, test} from 'vitest';
import {audit} from '../../src/audit/audit.ts';
import rule from '../../src/audit/rules/hygiene/deprecated-runtime.ts';
import {inventoryOf} from './inventory-of.ts';

test.each([
  ['2026-11-21', []],
  ['2027-01-29', []],
  ['2027-01-30', ['info nodejs22.x is deprecated from 2027-04-30 on']],
  [
    '2027-04-30',
    [
      'medium nodejs22.x is deprecated since 2027-04-30; new functions are refused from 2027-06-01, and updates from 2027-07-01',
    ],
  ],
  [
    '2027-06-01',
    ['medium nodejs22.x is deprecated since 2027-04-30; new functions are refused, and updates from 2027-07-01'],
  ],
  ['2027-07-01', ['high nodejs22.x is deprecated since 2027-04-30; it cannot be updated since 2027-07-01']],
])('on %s a runtime is spoken of as that day has it', async (today, expected) => {
  const inventory = await inventoryOf(
    'Resources: {Ingest: {Type: AWS::Lambda::Function, Properties: {Runtime: nodejs22.x}}}',
  );
  const {findings} = audit(inventory, [rule], {today});
  expect(findings.map(({severity, message}) => `${severity} ${message}`)).toEqual(expected);
});
