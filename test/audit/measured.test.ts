import {expect, test} from 'vitest';
import {audit} from '../../src/audit/audit.ts';
import rule from '../../src/audit/rules/coldstart/cold-start-risk.ts';
import type {StartsOfSize} from '../../src/model/measured-starts.ts';
import {unresolved} from '../../src/model/resolvable.ts';
import {inventoryOf} from './inventory-of.ts';

const since = '2026-11-15T00:00:00.000Z';
const until = '2026-11-22T00:00:00.000Z';
const size = (init: number, more: Partial<StartsOfSize> = {}): StartsOfSize => ({
  memory: 1024,
  invocations: 1200,
  init: {count: 30, p50: init / 2, p95: init, max: init + 100},
  ...more,
});
const restored = {count: 30, p50: 200, p95: 300, max: 310};

const java = `Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Runtime: java21, MemorySize: 1024, Code: {ZipFile: ''}}
  Url:
    Type: AWS::Lambda::Url
    Properties: {TargetFunctionArn: !GetAtt Orders.Arn, AuthType: AWS_IAM}
`;

async function findings(sizes: readonly StartsOfSize[] | undefined, template = java) {
  const inventory = await inventoryOf(template);
  const starts = sizes && {since, until, sizes};
  const functions = inventory.functions.map(fn => ({...fn, ...(starts && {starts})}));
  return audit({...inventory, functions}, [rule], {today: '2026-11-21'});
}

const texts = async (...given: Parameters<typeof findings>) =>
  (await findings(...given)).findings.map(({severity, message}) => `${severity} ${message}`);

test.each<[string, StartsOfSize[], string[]]>([
  ['a quick start takes back what the score says', [size(400)], []],
  [
    'more than a second is low',
    [size(1400)],
    [
      'low a new environment of Orders takes 1.4 s to start (p95 of 30 since 2026-11-15; p50 700 ms, longest 1.5 s); 2.5 % of 1200 invocations met one, and a caller waits',
    ],
  ],
  [
    'more than three is medium',
    [size(4000)],
    [expect.stringMatching(/^medium a new environment of Orders takes 4\.0 s/)],
  ],
  ['no new environment is no risk', [{memory: 1024, invocations: 7}], []],
  ['a quick restore', [{memory: 1024, invocations: 100, restore: restored}], []],
  [
    'a slow restore',
    [{memory: 1024, invocations: 100, restore: {...restored, p95: 1200}}],
    [expect.stringMatching(/takes 1\.2 s to restore .* 30 % of 100 invocations/)],
  ],
  [
    'another memory says nothing of this one',
    [size(100, {memory: 512})],
    [
      expect.stringMatching(
        /^low the risk of Orders is medium: .*; not measured, as its log has no invocation with 1024 MB/,
      ),
    ],
  ],
  [
    'without an invocation the score stays, and says so',
    [],
    [expect.stringMatching(/; not measured, as its log has no invocation since 2026-11-15$/)],
  ],
])('%s', async (_, sizes, expected) => {
  expect(await texts(sizes)).toEqual(expected);
});

test('the figures are evidence', async () => {
  const [finding] = (await findings([size(4000)])).findings;
  expect(finding!.evidence).toEqual({
    band: 'high',
    measured: 'start',
    since,
    memory: 1024,
    invocations: 1200,
    coldStarts: 30,
    coldPercent: 2.5,
    p50: 2000,
    p95: 4000,
    max: 4100,
  });
});

test('who does not wait is not told of one second', async () => {
  const alone = java.slice(0, java.indexOf('  Url:'));
  expect(await texts([size(1400)], alone)).toEqual([]);
  expect(await texts([size(4000)], alone)).toEqual([expect.stringMatching(/^low .* nobody waits$/)]);
});

test('what could not be measured is not checked, and the score stays', async () => {
  const inventory = await inventoryOf(java);
  const starts = unresolved('cold starts', 'Logs Insights ended the query with the status Timeout');
  const functions = inventory.functions.map(fn => ({...fn, starts}));
  const result = audit({...inventory, functions}, [rule], {today: '2026-11-21'});
  expect(result.notChecked.map(({reason}) => reason)).toEqual([starts.reason]);
  expect(result.findings).toHaveLength(1);
  expect(result.starts).toEqual([]);
});

test('the result has the figures of every function, and of an audit without them none', async () => {
  expect((await findings([size(400)])).starts).toEqual([
    {source: 'template.yaml', function: 'Orders', starts: {since, until, sizes: [size(400)]}},
  ]);
  expect(await findings(undefined)).not.toHaveProperty('starts');
});
