import {type IdentitySource, parseIdentitySource} from '../services/apigatewayv2/identity-source.ts';
import {contextValue} from './context-variables.ts';
import type {Exchange} from './exchange.ts';

/** What the identity sources of an authorizer give; undefined for one that the request does not have. */
export function identityValues(sources: readonly string[], exchange: Exchange): readonly (string | undefined)[] {
  return sources.map(source => readSource(parseIdentitySource(source), exchange) || undefined);
}

function readSource({kind, name}: IdentitySource, exchange: Exchange): string | undefined {
  switch (kind) {
    case 'header': {
      const value = exchange.request.headers[name.toLowerCase()];
      return Array.isArray(value) ? value.join(',') : value;
    }
    case 'querystring':
      return exchange.target.query.find(([key]) => key === name)?.[1];
    case 'stageVariables':
      return exchange.stage.stageVariables[name];
    case 'context':
      return contextValue(name, exchange);
  }
}
