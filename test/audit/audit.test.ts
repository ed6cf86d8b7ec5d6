import {describe, expect, test} from 'vitest';
import {audit, combine} from '../../src/audit/audit.ts';
import {defineRule} from '../../src/audit/define-rule.ts';
import {rules} from '../../src/audit/rules/index.ts';
import {inventoryOf} from './inventory-of.ts';

const today = '2026-11-21';

const twoStars = (first: string, second: string, metadata = '') => `
Resources:
  IngestRole:
    Type: AWS::IAM::Role
${metadata}    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      Policies:
        - PolicyName: ingest
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - {Effect: Allow, Action: ${first}, Resource: "*"}
              - {Effect: Allow, Action: ${second}, Resource: "*"}
`;

const ignoring = (entry: string) => `    Metadata:\n      Gear:\n        Ignore:\n          - ${entry}\n`;

async function wildcardResources(yaml: string) {
  const {findings} = audit(await inventoryOf(yaml), rules, {today});
  return findings.filter(({rule}) => rule === 'iam/wildcard-resource');
}

describe('the engine', () => {
  test('reports a rule that throws as not checked, with its error, and goes on with the others', async () => {
    const broken = defineRule({
      ...rules[0]!,
      id: 'iam/broken',
      subject: 'statement',
      // biome-ignore lint/correctness/useYield: it fails before it could.
      *check() {
        throw new Error('no such thing');
      },
    });
    const result = audit(await inventoryOf(twoStars('sqs:SendMessage', 's3:GetObject')), [broken, ...rules], {today});
    expect(result.notChecked).toMatchObject([
      {rule: 'iam/broken', resource: 'IngestRole', reason: 'the rule failed: no such thing', origin: {line: 15}},
    ]);
    expect(result.findings.filter(({rule}) => rule === 'iam/wildcard-resource')).toHaveLength(2);
  });

  test('reports a rule whose subjects cannot be found as not checked, and goes on with the others', async () => {
    const inventory = await inventoryOf(twoStars('sqs:SendMessage', 's3:GetObject'));
    const broken = new Proxy(inventory, {
      get(target, name) {
        if (name === 'eventSourceMappings') throw new Error('no such thing');
        return Reflect.get(target, name);
      },
    });
    const some = rules.filter(({id, subject}) => subject === 'eventSourceMapping' || id === 'iam/wildcard-resource');
    const result = audit(broken, some, {today});
    expect(result.notChecked).toContainEqual({
      rule: some.find(({subject}) => subject === 'eventSourceMapping')!.id,
      resource: '',
      reason: 'the rule failed: no such thing',
      origin: {file: expect.any(String), line: 1, column: 1},
    });
    expect(result.findings.filter(({rule}) => rule === 'iam/wildcard-resource')).toHaveLength(2);
  });

  test('reports the same action on the same resource once', async () => {
    expect(await wildcardResources(twoStars('sqs:SendMessage', 'sqs:SendMessage'))).toHaveLength(1);
  });

  test('keeps what a rule says of one group out of the others', async () => {
    const inventory = await inventoryOf(twoStars('sqs:SendMessage', '!Ref Unknown'));
    const vpc = rules.filter(({id}) => id.startsWith('vpc/'));
    expect(audit({...inventory, unread: [unread('iam/*'), unread('*')]}, vpc, {today}).notChecked).toEqual([
      unread('*'),
    ]);
  });

  test('keeps what is said of one rule out of the others', async () => {
    const inventory = {...(await inventoryOf('{}')), unread: [unread('vpc/one-zone'), unread('vpc/no-way-out')]};
    const oneZone = rules.filter(({id}) => id === 'vpc/one-zone');
    expect(audit(inventory, oneZone, {today}).notChecked).toEqual([unread('vpc/one-zone')]);
  });

  test('orders findings by severity, then by place', async () => {
    const {findings} = audit(await inventoryOf(twoStars('sqs:ListQueueTags', '"*"')), rules, {today});
    expect(findings.map(({severity}) => severity)).toEqual(['critical', 'low']);
  });

  test('adds several files up', async () => {
    const one = audit(await inventoryOf(twoStars('sqs:SendMessage', 's3:GetObject'), {file: 'b.yaml'}), rules, {today});
    const other = audit(await inventoryOf(twoStars('sqs:SendMessage', 's3:GetObject'), {file: 'a.yaml'}), rules, {
      today,
    });
    const {findings} = combine([one, other]);
    expect(findings.map(({origin}) => 'file' in origin && origin.file)).toEqual([
      'a.yaml',
      'a.yaml',
      'b.yaml',
      'b.yaml',
    ]);
  });
});

function unread(rule: string) {
  return {rule, resource: 'x', reason: 'y', origin: {file: 'template.yaml', line: 1, column: 1}};
}

describe('a fingerprint', () => {
  test('stays when statements change places and lines move', async () => {
    const before = await wildcardResources(twoStars('sqs:SendMessage', 's3:GetObject'));
    const after = await wildcardResources(`Description: moved\n\n${twoStars('s3:GetObject', 'sqs:SendMessage')}`);
    expect(after.map(({fingerprint}) => fingerprint).sort()).toEqual(before.map(({fingerprint}) => fingerprint).sort());
    expect(new Set(before.map(({fingerprint}) => fingerprint)).size).toBe(2);
  });

  test('is another one for another action, and for another role', async () => {
    const [one] = await wildcardResources(twoStars('sqs:SendMessage', 'xray:PutTraceSegments'));
    const [action] = await wildcardResources(twoStars('sqs:ReceiveMessage', 'xray:PutTraceSegments'));
    const renamed = twoStars('sqs:SendMessage', 'xray:PutTraceSegments').replace('IngestRole', 'OtherRole');
    const [role] = await wildcardResources(renamed);
    expect(new Set([one, action, role].map(finding => finding?.fingerprint)).size).toBe(3);
  });
});

describe('an ignore', () => {
  const entry = (text: string) =>
    wildcardResources(twoStars('sqs:SendMessage', 'xray:PutTraceSegments', ignoring(text)));

  test('marks the findings of its rule on its resource, with the reason', async () => {
    expect(
      await entry('{rule: iam/wildcard-resource, reason: queues are made at run time, expires: 2026-11-21}'),
    ).toMatchObject([{suppressed: {reason: 'queues are made at run time', expires: '2026-11-21'}}]);
  });

  test.each([
    ['that ran out yesterday', '{rule: iam/wildcard-resource, reason: later, expires: 2026-11-20}'],
    ['of another rule', '{rule: iam/wildcard-action, reason: later}'],
    ['without a reason', '{rule: iam/wildcard-resource}'],
    ['whose date is none', '{rule: iam/wildcard-resource, reason: later, expires: 2026-02-31}'],
    ['with a member that gear does not know', '{rule: iam/wildcard-resource, reason: later, expire: 2099-01-01}'],
    ['that is only a word', 'iam/wildcard-resource'],
  ])('%s has no effect', async (_, text) => {
    expect(await entry(text)).toMatchObject([{suppressed: null}]);
  });
});
