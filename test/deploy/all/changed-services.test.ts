import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {changedServices} from '../../../src/deploy/all/changed-services.ts';
import {findServices} from '../../../src/project/find-services.ts';
import {writeRepository} from './repository.ts';

const fn = (entry: string) => `Resources:
  Take:
    Type: AWS::Lambda::Function
    Metadata: {Gear: {Entry: ${entry}}}
    Properties: {Code: ./dist/take, Handler: index.handler, Runtime: nodejs24.x, Role: !Ref Role}
`;

/** orders and billing bundle the money of shared/, billing over a workspace's module; reports is Python, stock has no code. */
const repository = writeRepository({
  'shared/money.ts': 'export const cents = 100;\n',
  'shared/tax.ts': "export {cents} from './money.ts';\n",
  'orders/gear.yaml': 'service: orders\n',
  'orders/template.yaml': fn('src/take.ts'),
  'orders/src/take.ts': "import {cents} from '../../shared/money.ts';\nexport const handler = () => cents;\n",
  'billing/gear.yaml': 'service: billing\n',
  'billing/template.yaml': fn('src/take.ts'),
  'billing/src/take.ts': "import {cents} from '../../shared/tax.ts';\nexport const handler = () => cents;\n",
  'reports/gear.yaml': 'service: reports\n',
  'reports/template.yaml': fn('../python/report/handler.py'),
  'python/report/handler.py': '',
  'stock/gear.yaml': 'service: stock\ntemplate: ../infra/stock.yaml\n',
  'infra/stock.yaml': 'Resources: {Items: {Type: AWS::SQS::Queue}}\n',
});
afterAll(() => repository.remove());

const changed = (...files: string[]) =>
  changedServices(
    findServices(repository.folder),
    files.map(file => join(repository.folder, file)),
    [],
  );

test.each([
  ['nothing', [], []],
  ['a document of a service', ['orders/README.md'], ['orders']],
  ['a file that two services bundle, one of them by another', ['shared/money.ts'], ['billing', 'orders']],
  ['a file that one service bundles', ['shared/tax.ts'], ['billing']],
  ['a file that nobody bundles', ['shared/README.md', 'docs/index.md'], []],
  ['a file beside a Python entry elsewhere', ['python/report/words.py'], ['reports']],
  ['a template elsewhere', ['infra/stock.yaml'], ['stock']],
  ['a lock file above all', ['package-lock.json'], ['billing', 'orders', 'reports', 'stock']],
  ['a file that is gone', ['orders/src/old.ts'], ['orders']],
])('%s', async (_, files, services) => {
  expect(await changed(...files)).toEqual(services);
});

test('a service that cannot be bundled counts as changed', async () => {
  repository.write(
    'billing/src/take.ts',
    "import {cents} from '../../shared/gone.ts';\nexport const handler = () => cents;\n",
  );
  expect(await changed('shared/gone.ts')).toEqual(['billing']);
});
