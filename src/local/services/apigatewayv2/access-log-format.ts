import {badRequest} from './errors.ts';

/** Without the `$context.` before them; `authorizer.` goes on with a member of the authorizer's own context. */
const variables: ReadonlySet<string> = new Set([
  'accountId',
  'apiId',
  'authorizer.error',
  'authorizer.principalId',
  'domainName',
  'domainPrefix',
  'error.message',
  'error.messageString',
  'error.responseType',
  'extendedRequestId',
  'httpMethod',
  'identity.sourceIp',
  'identity.userAgent',
  'integration.error',
  'integration.integrationStatus',
  'integration.latency',
  'integration.status',
  'integrationErrorMessage',
  'integrationLatency',
  'integrationStatus',
  'path',
  'protocol',
  'requestId',
  'requestTime',
  'requestTimeEpoch',
  'responseLatency',
  'responseLength',
  'routeKey',
  'stage',
  'status',
]);

export const contextVariable = /\$context\.([A-Za-z]+(?:\.[\w:-]+)*)/g;

/** A variable that would stay empty for ever is refused by its name. */
export function checkAccessLogFormat(format: string): void {
  const names = [...format.matchAll(contextVariable)].map(match => match[1]!);
  if (!names.includes('requestId') && !names.includes('extendedRequestId'))
    throw badRequest('Access log format must include at least $context.requestId or $context.extendedRequestId');
  const unknown = names.find(name => !variables.has(name) && !/^authorizer\.(claims\.)?[\w:-]+$/.test(name));
  if (unknown !== undefined) throw badRequest(`gear local does not implement $context.${unknown} in access logs`);
}
