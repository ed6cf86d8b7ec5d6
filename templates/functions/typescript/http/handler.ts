import type {APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2} from 'aws-lambda';

export async function handler({
  body,
  isBase64Encoded,
}: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  const name = nameIn(isBase64Encoded ? Buffer.from(body ?? '', 'base64').toString() : body);
  if (name === undefined) return answer(400, {message: 'The body must be {"name": "..."}'});
  return answer(200, {greeting: `Hello ${name}`});
}

/** What comes from outside is checked before anything is done with it. */
function nameIn(body: string | undefined): string | undefined {
  try {
    const {name}: {name?: unknown} = JSON.parse(body ?? '');
    return typeof name === 'string' && name !== '' ? name : undefined;
  } catch {
    return undefined;
  }
}

function answer(statusCode: number, content: object): APIGatewayProxyStructuredResultV2 {
  return {statusCode, headers: {'content-type': 'application/json'}, body: JSON.stringify(content)};
}
