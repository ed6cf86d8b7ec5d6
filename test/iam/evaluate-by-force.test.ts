import fc from 'fast-check';
import {expect, test} from 'vitest';
import {evaluate} from '../../src/iam/evaluate.ts';
import {parsePolicy} from '../../src/iam/parse-policy.ts';

/**
 * IAM's answer, found in another way: patterns as regular expressions, and every rule of the evaluation logic as a
 * line. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
const actions = ['sqs:SendMessage', 'sqs:ReceiveMessage', 'iam:PassRole'];
const resources = ['arn:aws:sqs:::a', 'arn:aws:sqs:::ab', 'arn:aws:iam:::a'];
const contexts = [{}, {'aws:username': 'ada'}, {'aws:username': 'bob', 'aws:MultiFactorAuthAge': '10'}] as const;

interface Written {
  readonly Effect: string;
  readonly Action?: string[];
  readonly NotAction?: string[];
  readonly Resource?: string[];
  readonly NotResource?: string[];
  readonly Condition?: Record<string, Record<string, string[]>>;
}

const some = (...from: string[]) => fc.uniqueArray(fc.constantFrom(...from), {minLength: 1, maxLength: 2});
const someActions = some('*', 'sqs:*', 'SQS:send*', 'iam:PassRole', 'sqs:??????????????', 'sns:*');
const someResources = some('*', 'arn:aws:sqs:::*', 'arn:aws:sqs:::a', 'arn:aws:sqs:::?b', 'arn:*:iam:::*', 'arn:aws:*');
const names = {'aws:username': ['ada', 'b*']};
const condition = fc.constantFrom<NonNullable<Written['Condition']>>(
  {StringEquals: names},
  {StringLike: names},
  {StringNotEquals: names},
  {StringEqualsIfExists: names},
  {StringNotLike: {'aws:UserName': ['b?b']}},
  {NumericLessThan: {'aws:MultiFactorAuthAge': ['11']}},
  {Null: {'aws:MultiFactorAuthAge': ['true']}},
  {StringLike: {'aws:username': ['*']}, NumericGreaterThan: {'aws:MultiFactorAuthAge': ['10']}},
);
const statement = fc
  .tuple(
    fc.constantFrom('Allow', 'Allow', 'Deny'),
    fc.oneof(
      someActions.map(Action => ({Action})),
      someActions.map(NotAction => ({NotAction})),
    ),
    fc.oneof(
      someResources.map(Resource => ({Resource})),
      someResources.map(NotResource => ({NotResource})),
    ),
    fc.option(
      condition.map(Condition => ({Condition})),
      {nil: {}},
    ),
  )
  .map(([Effect, ...members]): Written => Object.assign({Effect}, ...members));
const policy = fc.array(statement, {maxLength: 3});

test('decides as the evaluation logic says, read line by line', () => {
  fc.assert(
    fc.property(policy, policy, fc.option(policy, {nil: undefined}), (one, other, boundary) => {
      for (const action of actions)
        for (const resource of resources)
          for (const context of contexts) {
            const principal = {kind: 'user', arn: 'arn:aws:iam::0:user/ada', account: '0'} as const;
            const {allowed} = evaluate({
              identity: [named(one), named(other)],
              ...(boundary && {boundary: [named(boundary)]}),
              request: {action, resource, context, principal},
            });
            const applying = (statements: readonly Written[], effect: string) =>
              statements.some(each => each.Effect === effect && applies(each, action, resource, context));
            const denied = applying([...one, ...other, ...(boundary ?? [])], 'Deny');
            const granted = applying([...one, ...other], 'Allow');
            const bounded = boundary === undefined || applying(boundary, 'Allow');
            expect(allowed).toBe(!denied && granted && bounded);
          }
    }),
    {numRuns: 100, seed: 1},
  );
});

function named(statements: readonly Written[]) {
  const origin = {file: 'policy.json', line: 1, column: 1};
  return {name: 'policy', document: parsePolicy({Version: '2012-10-17', Statement: statements}, origin)};
}

function applies(
  {Action, NotAction, Resource, NotResource, Condition = {}}: Written,
  action: string,
  resource: string,
  context: Readonly<Record<string, string>>,
): boolean {
  const speaksOf = Action
    ? Action.some(pattern => like(pattern, action, 'i'))
    : !NotAction!.some(pattern => like(pattern, action, 'i'));
  const isAbout = Resource
    ? Resource.some(pattern => like(pattern, resource))
    : !NotResource!.some(pattern => like(pattern, resource));
  const holds = Object.entries(Condition).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => {
      const found = Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
      return operators[operator]!(wanted, found);
    }),
  );
  return speaksOf && isAbout && holds;
}

/** Of the ARNs here no segment is empty where a wildcard of theirs could reach over it. */
function like(pattern: string, text: string, flags = ''): boolean {
  const source = pattern.replaceAll(/[.:/]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.');
  return new RegExp(`^${source}$`, flags).test(text);
}

const operators: Readonly<Record<string, (wanted: readonly string[], found: string | undefined) => boolean>> = {
  StringEquals: (wanted, found) => found !== undefined && wanted.includes(found),
  StringLike: (wanted, found) => found !== undefined && wanted.some(pattern => like(pattern, found)),
  StringNotEquals: (wanted, found) => found === undefined || !wanted.includes(found),
  StringEqualsIfExists: (wanted, found) => found === undefined || wanted.includes(found),
  StringNotLike: (wanted, found) => found === undefined || !wanted.some(pattern => like(pattern, found)),
  NumericLessThan: (wanted, found) => found !== undefined && Number(found) < Number(wanted[0]),
  NumericGreaterThan: (wanted, found) => found !== undefined && Number(found) > Number(wanted[0]),
  Null: (wanted, found) => (found === undefined) === (wanted[0] === 'true'),
};
