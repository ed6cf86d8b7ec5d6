import type {APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2} from 'aws-lambda';

export function answer(
  statusCode: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode,
    headers: {'content-type': 'application/json', 'cache-control': 'no-store', ...headers},
    body: JSON.stringify(body),
  };
}

/** The caller's own id, when it is one that can stand in a log; otherwise the API's. It goes where the request goes. */
export function correlationIdOf({headers, requestContext}: APIGatewayProxyEventV2): string {
  const given = headers['x-correlation-id'];
  return given !== undefined && /^[\w.:-]{1,64}$/.test(given) ? given : requestContext.requestId;
}
