import {readdirSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {actionCanMatch, describeAction} from '../../../../src/iam/catalogue.ts';
import type {Operation} from '../../../../src/local/operation.ts';
import {operations as iam} from '../../../../src/local/services/iam/operations/index.ts';
import {iamService} from '../../../../src/local/services/iam/service.ts';
import {operations as sts} from '../../../../src/local/services/sts/operations/index.ts';
import {account, region, session} from '../../access/cloud.ts';
import {openBench} from '../../harness.ts';

test.each([
  ['iam', iam],
  ['sts', sts],
] as const)('every operation of %s in its folder is listed', (service, operations) => {
  const folder = fileURLToPath(new URL(`../../../../src/local/services/${service}/operations/`, import.meta.url));
  const files = readdirSync(folder).filter(file => file !== 'index.ts');
  const names = operations.map(({name}) => `${name.replaceAll(/(?<!^)([A-Z])/g, '-$1').toLowerCase()}.ts`);
  expect([...names].sort()).toEqual(files.sort());
});

test('every operation asks for actions that AWS has, on resources that they know', async () => {
  const bench = openBench();
  const {store} = iamService({state: bench.state, clock: bench.clock, account, region});
  const {roleArn} = session('ingest');
  const input = {
    RoleName: 'ingest',
    RoleArn: roleArn,
    PolicySourceArn: roleArn,
    PolicyName: 'queue',
    PolicyArn: `arn:aws:iam::${account}:policy/queue`,
    Tags: [{Key: 'team', Value: 'orders'}],
    TagKeys: ['team'],
  };
  const all = [...iam, ...sts] as unknown as readonly Operation<unknown>[];
  const requests = all.flatMap(operation => operation.permissions(input, bench.context(), store));
  expect(requests.length).toBeGreaterThan(all.length);
  const wrong = requests.filter(({action, resource}) => {
    const starOnly = describeAction(action)?.class === 'must-be-star';
    return resource === '*' ? !starOnly : !actionCanMatch(action, resource);
  });
  expect(wrong.map(({action, resource}) => `${action} ${resource}`)).toEqual([]);
  await bench.close();
});
