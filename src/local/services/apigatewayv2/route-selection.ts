import {badRequest} from './errors.ts';

// biome-ignore lint/suspicious/noTemplateCurlyInString: API Gateway's own expression, and the only one that HTTP APIs have
export const routeSelectionExpression = '${request.method} ${request.path}';

export function checkRouteSelection(expression: string | undefined): void {
  if (expression !== undefined && expression !== routeSelectionExpression)
    throw badRequest(`The routeSelectionExpression of an HTTP API must be ${routeSelectionExpression}`);
}
