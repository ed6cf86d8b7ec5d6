// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders are written that way
import {expect, test} from 'vitest';
import {grantsFinder} from '../../src/audit/grants.ts';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {readTemplateInventory} from '../../src/inventory/read-template-inventory.ts';

const orders = 'arn:aws:sqs:eu-central-1:111122223333:orders';
const allow = (Resource: unknown) => ({Effect: 'Allow', Action: 'sqs:*', Resource});
const deny = (Resource: unknown) => ({Effect: 'Deny', Action: 'sqs:Send*', Resource});
const denyBut = (NotResource: unknown) => ({Effect: 'Deny', Action: '*', NotResource});

async function roleWith(Statement: readonly object[], boundary?: readonly object[]) {
  const body = {
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: {Statement: []},
          Policies: [{PolicyName: 'orders', PolicyDocument: {Statement}}],
          ...(boundary && {PermissionsBoundary: {Ref: 'Limit'}}),
        },
      },
      Limit: {Type: 'AWS::IAM::ManagedPolicy', Properties: {PolicyDocument: {Statement: boundary ?? []}}},
    },
  };
  const inventory = await readTemplateInventory(parseTemplate(JSON.stringify(body), 'template.json'));
  const role = inventory.roles.find(({name}) => String(name) === 'Role')!;
  return {role, inventory};
}

async function granted(Statement: readonly object[], boundary?: readonly object[]): Promise<readonly string[]> {
  const {role, inventory} = await roleWith(Statement, boundary);
  return grantsFinder(role, inventory)('sqs:SendMessage').map(({resource}) => resource);
}

test('the statements of a role are gone through once, however many of them ask', async () => {
  const {role, inventory} = await roleWith([allow('*')]);
  const grantsFor = grantsFinder(role, inventory);
  expect(grantsFinder(role, inventory)).toBe(grantsFor);
  expect(grantsFor('sqs:SendMessage')).toBe(grantsFor('sqs:SendMessage'));
  expect(grantsFinder({...role}, inventory)).not.toBe(grantsFor);
});

test.each([
  ['what one deny takes', [allow(orders), deny('*')], undefined, []],
  ['what two denies take together', [allow('*'), deny('arn:*'), denyBut('arn:*')], undefined, []],
  ['what a deny spares', [allow('*'), denyBut(orders)], undefined, ['*']],
  ['what a deny of everything else takes', [allow(`${orders}-other`), denyBut(orders)], undefined, []],
  [
    'what may be what a deny spares',
    [allow({'Fn::Sub': orders.replace('eu-central-1', '${AWS::Region}')}), denyBut(orders)],
    undefined,
    ['arn:aws:sqs:${AWS::Region}:111122223333:orders'],
  ],
  [
    'what NotResource leaves, all of it denied',
    [{Effect: 'Allow', Action: 'sqs:*', NotResource: orders}, denyBut(orders)],
    undefined,
    [],
  ],
  ['what a boundary lets through', [allow('*')], [allow(orders)], ['*']],
  ['what a boundary does not', [allow(`${orders}-other`)], [allow(orders)], []],
  ['what a boundary lets through and a deny takes', [allow('*'), deny(orders)], [allow(orders)], []],
  ['what the denies of a boundary take', [allow(orders)], [allow('*'), denyBut(`${orders}-other`)], []],
  [
    'what a boundary may name',
    [allow({'Fn::Sub': 'arn:aws:sqs:${AWS::Region}:111122223333:orders'})],
    [allow(orders)],
    ['arn:aws:sqs:${AWS::Region}:111122223333:orders'],
  ],
  ['what an unknown boundary may let through', [allow(orders)], [allow({'Fn::ImportValue': 'queue'})], [orders]],
])('tells of %s', async (_, statements, boundary, expected) => {
  expect(await granted(statements, boundary)).toEqual(expected);
});
