export function answer(statusCode: number, body: object, correlationId: string, type = 'application/json') {
  return {
    statusCode,
    headers: {'content-type': type, 'x-correlation-id': correlationId},
    body: JSON.stringify(body),
  };
}

/** A refusal in the form of RFC 9457. */
export function problem(
  status: number,
  {title, problems, correlationId}: {title: string; problems?: readonly string[]; correlationId: string},
) {
  return answer(status, {title, status, problems, correlationId}, correlationId, 'application/problem+json');
}
