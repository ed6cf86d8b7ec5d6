import type {FunctionConfiguration} from '@aws-sdk/client-lambda';
import {parsePolicy} from '../../iam/parse-policy.ts';
import type {ResourcePolicy} from '../../model/resource-policy.ts';

/** Who may invoke a function, where it has told anybody. */
export function functionPolicy(
  policy: string | undefined,
  {FunctionName: name = '', FunctionArn: arn = ''}: FunctionConfiguration,
  region: string,
): readonly ResourcePolicy[] {
  if (policy === undefined) return [];
  const origin = {arn, region};
  return [{name, kind: 'function', targets: [arn], document: parsePolicy(policy, origin), origin}];
}
