import type {ApiAnswer} from '../http-api.ts';
import {contextVariable} from '../services/apigatewayv2/access-log-format.ts';
import {contextValue} from './context-variables.ts';
import type {EventPlace} from './event-v2.ts';
import type {Exchange} from './exchange.ts';

/** A line of the access log; a variable without a value is a dash. */
export function accessLogLine(
  format: string,
  exchange: Exchange,
  answer: ApiAnswer,
  {account, domainName, latency}: EventPlace & {readonly latency: number},
): string {
  const ofAnswer: Readonly<Record<string, string>> = {
    accountId: account,
    domainName,
    responseLatency: String(latency),
    responseLength: String(Buffer.byteLength(answer.body)),
    status: String(answer.status),
  };
  // Quotes and line ends of a client must not write log fields of their own.
  return format.replaceAll(contextVariable, (_, name: string) =>
    JSON.stringify(ofAnswer[name] ?? contextValue(name, exchange) ?? '-').slice(1, -1),
  );
}
