import {evaluate} from '../../../iam/evaluate.ts';
import {parsePolicy} from '../../../iam/parse-policy.ts';
import {isObject} from '../../../model/is-object.ts';

interface LambdaVerdict {
  readonly allowed: boolean;
  readonly authorization: {
    readonly context: Readonly<Record<string, unknown>> | undefined;
    readonly principalId?: string;
  };
}

/** `{isAuthorized, context}`; undefined for anything else. */
export function readSimpleAnswer(answer: unknown): LambdaVerdict | undefined {
  if (!isObject(answer) || typeof answer.isAuthorized !== 'boolean') return undefined;
  const context = contextOf(answer);
  return context === 'malformed' ? undefined : {allowed: answer.isAuthorized, authorization: {context}};
}

/** `{principalId, policyDocument, context}`: whether the policy lets somebody invoke the route. */
export function readPolicyAnswer(
  answer: unknown,
  {routeArn, account, region}: {readonly routeArn: string; readonly account: string; readonly region: string},
): LambdaVerdict | undefined {
  if (!isObject(answer) || typeof answer.principalId !== 'string' || !isObject(answer.policyDocument)) return undefined;
  const context = contextOf(answer);
  if (context === 'malformed') return undefined;
  const document = parsePolicy(JSON.stringify(answer.policyDocument), {arn: routeArn, region});
  const decision = evaluate({
    identity: [{name: 'policyDocument', document}],
    request: {
      action: 'execute-api:Invoke',
      resource: routeArn,
      context: {},
      principal: {kind: 'user', arn: `arn:aws:iam::${account}:user/${answer.principalId}`, account},
    },
  });
  return {allowed: decision.allowed, authorization: {context, principalId: answer.principalId}};
}

function contextOf({context}: Readonly<Record<string, unknown>>) {
  if (context === undefined || context === null) return undefined;
  return isObject(context) ? context : 'malformed';
}
