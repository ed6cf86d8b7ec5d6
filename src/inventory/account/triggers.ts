import type {FunctionConfiguration} from '@aws-sdk/client-lambda';
import {parsePolicy} from '../../iam/parse-policy.ts';
import {entry} from '../../model/entry.ts';
import type {Trigger, TriggerKind} from '../../model/lambda-function.ts';
import {isAsynchronous, kindsOfPrincipals} from '../trigger-kinds.ts';

/** Whoever may invoke a function has been told so in its resource policy. */
export function triggersOf(
  policy: string | undefined,
  {FunctionArn: arn = ''}: FunctionConfiguration,
  region: string,
): readonly Trigger[] {
  if (policy === undefined) return [];
  const origin = {arn, region};
  const allowing = parsePolicy(policy, origin).statements.filter(({effect}) => effect === 'Allow');
  const kinds = allowing.flatMap(({principal, actions}): readonly (TriggerKind | undefined)[] =>
    actions.includes('lambda:InvokeFunctionUrl')
      ? ['function-url']
      : (principal?.Service ?? []).map(service =>
          typeof service === 'string' ? entry(kindsOfPrincipals, service) : undefined,
        ),
  );
  return [...new Set(kinds)].flatMap(kind =>
    kind === undefined ? [] : [{kind, asynchronous: isAsynchronous(kind), unqualified: true, origin}],
  );
}
