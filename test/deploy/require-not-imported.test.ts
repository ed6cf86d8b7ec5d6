import {expect, test} from 'vitest';
import type {AwsClients} from '../../src/aws/clients.ts';
import {requireNotImported} from '../../src/deploy/require-not-imported.ts';

/** The stack shop, in which Storage is nested, in which Rows is, and beside them Reports. */
const tree = [
  {stackName: 'shop', path: '', exports: ['topic']},
  {stackName: 'shop-Storage-1', path: 'Storage', exports: ['bucket']},
  {stackName: 'shop-Storage-1-Rows-2', path: 'Storage/Rows', exports: []},
  {stackName: 'shop-Reports-3', path: 'Reports', exports: []},
];

/** An account in which these stacks import what is exported; those without a root are gone, or not to be seen. */
function account(importers: Readonly<Record<string, readonly string[]>>, roots: Readonly<Record<string, string>>) {
  const cloudFormation = {
    async listImports({ExportName}: {ExportName: string}) {
      if (importers[ExportName] === undefined) throw new Error(`Export '${ExportName}' is not imported by any stack.`);
      return {Imports: importers[ExportName]};
    },
    async describeStacks({StackName}: {StackName: string}) {
      const root = roots[StackName];
      if (root === 'denied') throw new Error('not authorized');
      if (root === undefined) throw new Error(`Stack with id ${StackName} does not exist`);
      return {Stacks: [root === StackName ? {} : {RootId: `arn:aws:cloudformation:eu-west-1:1:stack/${root}/4`}]};
    },
  };
  return {cloudFormation: async () => cloudFormation} as unknown as AwsClients;
}

const refusal = (
  importers: Readonly<Record<string, readonly string[]>>,
  {roots = {}, before = []}: {roots?: Readonly<Record<string, string>>; before?: readonly string[]} = {},
) =>
  requireNotImported(account(importers, roots), tree, before).then(
    () => 'none',
    ({message, suggestions: [suggestion]}) => `${message}: ${suggestion}`,
  );

const bill = 'bill-Mails-5';

test.each<[string, Parameters<typeof refusal>, string]>([
  ['another stack', [{topic: ['bill']}, {roots: {bill: 'bill'}}], 'The stack shop exports topic, which bill imports'],
  ['one that nobody may look at', [{topic: ['bill']}, {roots: {bill: 'denied'}}], 'gear destroy --stack bill'],
  [
    'another stack, from a nested one',
    [{bucket: ['bill']}, {roots: {bill: 'bill'}}],
    'The stack Storage, nested in shop, exports bucket, which bill imports: gear destroy --stack bill',
  ],
  [
    'one that is nested elsewhere',
    [{bucket: [bill]}, {roots: {[bill]: 'bill'}}],
    `exports bucket, which ${bill} imports: gear destroy --stack bill`,
  ],
  [
    'one that is nested in it',
    [{bucket: ['shop-Storage-1-Rows-2']}],
    'which Storage/Rows imports, a stack nested in it: CloudFormation deletes neither',
  ],
  ['one that goes with it', [{bucket: ['shop-Reports-3']}], 'none'],
  ['one that is gone by now', [{bucket: ['bill']}], 'none'],
  ['one that goes before', [{topic: ['bill']}, {roots: {bill: 'bill'}, before: ['bill']}], 'none'],
  ['one that goes before, nested', [{topic: [bill]}, {roots: {[bill]: 'bill'}, before: ['bill']}], 'none'],
])('what is imported by %s', async (_, [importers, options], expected) => {
  expect(await refusal(importers, options)).toContain(expected);
});
