import {globSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {describeAction} from '../../src/iam/catalogue.ts';
import {auditPermissions} from '../../src/inventory/account/permissions.ts';

const granted = auditPermissions.flatMap(({service, actions}) => actions.map(action => `${service}:${action}`));

/** Where a permission is called otherwise than the operation. */
const otherNames: Readonly<Record<string, string>> = {
  GetBucketNotificationConfiguration: 'GetBucketNotification',
  GetLayerVersionByArn: 'GetLayerVersion',
};

test('every call of an audit has its permission, and no permission is there without a call', () => {
  const folder = join(import.meta.dirname, '../../src/inventory/account');
  const text = globSync('*.ts', {cwd: folder})
    .map(file => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
  const called = new Set([...text.matchAll(/new (\w+)Command\(/g)].map(([, name = '']) => otherNames[name] ?? name));
  // The regions are listed by the command line, before anything is read.
  called.add('ListRegions');
  expect([...new Set(granted.map(action => action.split(':')[1]!))].sort()).toEqual([...called].sort());
});

test('every permission is one that AWS has, and only reads', () => {
  const levels = granted.map(action => describeAction(action)?.accessLevel);
  expect(levels.filter(level => level !== 'Read' && level !== 'List')).toEqual([]);
});
