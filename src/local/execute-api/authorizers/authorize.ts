import {internalServerError} from '../answers.ts';
import type {Exchange} from '../exchange.ts';
import type {JwtAuthorizers} from './jwt.ts';
import type {LambdaAuthorizers} from './lambda.ts';
import type {Verdict} from './verdict.ts';

export interface Authorizers {
  readonly jwt: JwtAuthorizers;
  readonly lambda: LambdaAuthorizers;
}

/** Asks the authorizer of the request's route; undefined for a route that is open to everybody. */
export async function authorizeRoute(exchange: Exchange, {jwt, lambda}: Authorizers): Promise<Verdict | undefined> {
  const {authorizationType, authorizerId} = exchange.route!;
  if (authorizationType === 'NONE') return undefined;
  const authorizer = exchange.snapshot.authorizers.find(candidate => candidate.authorizerId === authorizerId);
  if (authorizer === undefined) {
    exchange.error = `The authorizer ${authorizerId} is not part of the deployment`;
    return {refusal: internalServerError};
  }
  return authorizer.authorizerType === 'JWT' ? jwt(authorizer, exchange) : lambda(authorizer, exchange);
}
