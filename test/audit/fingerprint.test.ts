import fc from 'fast-check';
import {expect, test} from 'vitest';
import {type CreateNodeOptions, stringify, type ToStringOptions} from 'yaml';
import {audit} from '../../src/audit/audit.ts';
import {rules} from '../../src/audit/rules/index.ts';
import type {Finding} from '../../src/model/finding.ts';
import {inventoryOf} from './inventory-of.ts';

const actions = ['sqs:SendMessage', 's3:GetObject', 's3:*', 'dynamodb:Put*', 'iam:PassRole', 'xray:PutTraceSegments'];
const resources = [
  '*',
  'arn:aws:s3:::receipts/*',
  {'Fn::GetAtt': ['Orders', 'Arn']},
  {'Fn::Sub': 'arn:aws:sqs:*:$' + '{AWS::AccountId}:orders'},
];

interface Statement {
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource: readonly unknown[];
}

const statements: fc.Arbitrary<readonly Statement[]> = fc.array(
  fc.record({
    Effect: fc.constant('Allow'),
    Action: fc.uniqueArray(fc.constantFrom(...actions), {minLength: 1, maxLength: 4}),
    Resource: fc.uniqueArray(fc.constantFrom(...resources), {minLength: 1, maxLength: 3}),
  }),
  {minLength: 1, maxLength: 4},
);

const template = (policy: readonly Statement[]) => ({
  Resources: {
    Orders: {Type: 'AWS::SQS::Queue'},
    IngestRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{Effect: 'Allow', Principal: {Service: 'lambda.amazonaws.com'}, Action: 'sts:AssumeRole'}],
        },
        Policies: [{PolicyName: 'ingest', PolicyDocument: {Version: '2012-10-17', Statement: policy}}],
      },
    },
  },
});

/** CloudFormation has no aliases. */
function yaml(value: unknown, options: CreateNodeOptions & ToStringOptions = {}): string {
  return stringify(value, {aliasDuplicateObjects: false, ...options});
}

async function findingsOf(text: string): Promise<readonly Finding[]> {
  return audit(await inventoryOf(text), rules, {today: '2026-11-21'}).findings;
}

const fingerprints = (findings: readonly Finding[]) => findings.map(({fingerprint}) => fingerprint).sort();

/** Every way to write the same down: the order of lists and members, JSON or YAML, indented this or that way. */
const writings = fc.record({
  seed: fc.array(fc.nat({max: 1000}), {minLength: 64, maxLength: 64}),
  write: fc.constantFrom<(value: unknown) => string>(
    value => JSON.stringify(value),
    value => JSON.stringify(value, null, 4),
    value => yaml(value),
    value => `# A comment.\n\n${yaml(value, {indent: 4, lineWidth: 0, defaultStringType: 'QUOTE_SINGLE'})}`,
    value => yaml(value, {collectionStyle: 'flow'}),
  ),
});

/** Lists of a template have an order, but what is compared here has none: statements, actions, resources, members. */
function shuffled(value: unknown, next: () => number): unknown {
  if (Array.isArray(value)) {
    const items = value.map(item => shuffled(item, next));
    return inOrder(items, next);
  }
  if (typeof value !== 'object' || value === null) return value;
  if ('Fn::GetAtt' in value) return value;
  return Object.fromEntries(inOrder(Object.entries(value), next).map(([key, item]) => [key, shuffled(item, next)]));
}

function inOrder<T>(items: readonly T[], next: () => number): readonly T[] {
  return items
    .map(item => ({item, key: next()}))
    .sort((a, b) => a.key - b.key)
    .map(({item}) => item);
}

test('fingerprints survive every other order and every other way to write the template', async () => {
  await fc.assert(
    fc.asyncProperty(statements, writings, async (policy, {seed, write}) => {
      let at = 0;
      const before = await findingsOf(yaml(template(policy)));
      const after = await findingsOf(write(shuffled(template(policy), () => seed[at++ % seed.length]!)));
      expect(fingerprints(after)).toEqual(fingerprints(before));
    }),
    {numRuns: 30},
  );
});

test('fingerprints pin the rule, the resource and the exact action on the exact resource', async () => {
  const identity = ({rule, resource, evidence}: Finding) =>
    JSON.stringify([rule, resource, evidence.action ?? null, evidence.resource ?? null]);
  await fc.assert(
    fc.asyncProperty(statements, statements, async (one, other) => {
      const found = [await findingsOf(yaml(template(one))), await findingsOf(yaml(template(other)))].flatMap(findings =>
        findings.filter(({rule}) => /^iam\/(wildcard|pass-role)/.test(rule)),
      );
      const byFingerprint = new Map(found.map(finding => [finding.fingerprint, identity(finding)]));
      const byIdentity = new Map(found.map(finding => [identity(finding), finding.fingerprint]));
      expect(byFingerprint.size).toBe(byIdentity.size);
      for (const finding of found) expect(byFingerprint.get(finding.fingerprint)).toBe(identity(finding));
    }),
    {numRuns: 30},
  );
});

test('another statement adds findings and changes none of those that were there', async () => {
  await fc.assert(
    fc.asyncProperty(statements, statements, async (before, added) => {
      const pairs = (findings: readonly Finding[]) =>
        fingerprints(findings.filter(({rule}) => rule === 'iam/wildcard-resource'));
      const one = pairs(await findingsOf(yaml(template(before))));
      const both = pairs(await findingsOf(yaml(template([...before, ...added]))));
      expect(both).toEqual(expect.arrayContaining(one));
    }),
    {numRuns: 20},
  );
});
