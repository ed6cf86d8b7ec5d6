import {badRequest} from './errors.ts';

/** Where an authorizer finds who asks: `$request.header.Authorization`. */
export interface IdentitySource {
  readonly kind: 'header' | 'querystring' | 'context' | 'stageVariables';
  readonly name: string;
}

export function parseIdentitySource(expression: string): IdentitySource {
  const [, request, requested, other, name] =
    /^\$(?:request\.(header|querystring)\.([\w-]+)|(context|stageVariables)\.([\w.-]+))$/.exec(expression) ?? [];
  const kind = request ?? other;
  if (kind === undefined) throw badRequest(`Invalid identity source expression: ${expression}`);
  return {kind: kind as IdentitySource['kind'], name: (requested ?? name)!};
}
