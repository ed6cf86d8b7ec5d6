import {badRequest} from './errors.ts';

const invocations = /^arn:aws:apigateway:[\w-]+:lambda:path\/2015-03-31\/functions\/(.+)\/invocations$/;
/** Stage variables may stand for the function's name or alias. */
const functionArn =
  /^arn:aws:lambda:[\w-]+:\d{12}:function:(?:[\w-]|\$\{stageVariables\.\w+\})+(?::(?:[\w$-]|\$\{stageVariables\.\w+\})+)?$/;

/** The function that an integration calls: by its ARN, or by the URI that API Gateway has for it. */
export function integratedFunction(integrationUri: string): string {
  const arn = invocations.exec(integrationUri)?.[1] ?? integrationUri;
  if (!functionArn.test(arn)) throw badRequest(`Invalid integration URI specified: ${integrationUri}`);
  return arn;
}

/** The function of an authorizer, which API Gateway takes in the long form only. */
export function authorizingFunction(authorizerUri: string): string {
  const arn = invocations.exec(authorizerUri)?.[1];
  if (arn === undefined || !functionArn.test(arn))
    throw badRequest(
      `Invalid Authorizer URI: ${authorizerUri}. Authorizer URI should be a valid API Gateway ARN that represents a Lambda function invocation.`,
    );
  return arn;
}
