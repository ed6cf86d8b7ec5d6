import type {FunctionConfiguration} from '@aws-sdk/client-lambda';
import {parsePolicy} from '../../iam/parse-policy.ts';
import type {Trigger} from '../../model/lambda-function.ts';
import {isAsynchronous, kindsOfPrincipals} from '../trigger-kinds.ts';

/** Whoever may invoke a function has been told so in its resource policy. */
export function triggersOf(
  policy: string | undefined,
  {FunctionArn: arn = ''}: FunctionConfiguration,
  region: string,
): readonly Trigger[] {
  if (policy === undefined) return [];
  const origin = {arn, region};
  const principals = parsePolicy(policy, origin)
    .statements.filter(({effect}) => effect === 'Allow')
    .flatMap(({principal}) => principal?.Service ?? [])
    .filter(service => typeof service === 'string');
  return [...new Set(principals)].flatMap(service => {
    const kind = kindsOfPrincipals[service];
    return kind === undefined ? [] : [{kind, asynchronous: isAsynchronous(kind), origin}];
  });
}
