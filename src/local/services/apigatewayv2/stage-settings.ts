import {checkAccessLogFormat} from './access-log-format.ts';
import {badRequest, checkRange} from './errors.ts';
import type {AccessLogSettings, RouteSettings} from './records.ts';

export function checkStageName(stageName: string): void {
  if (stageName !== '$default' && !/^[\w-]{1,128}$/.test(stageName))
    throw badRequest('Stage name only allows a-zA-Z0-9_- or $default');
}

export function checkStageVariables(variables: Readonly<Record<string, string>> = {}): void {
  for (const [name, value] of Object.entries(variables)) {
    if (!/^\w+$/.test(name)) throw badRequest(`Stage variable name ${name} only allows alphanumeric characters and _`);
    if (!/^[A-Za-z0-9-._~:/?#&=,]*$/.test(value))
      throw badRequest(`Stage variable value ${value} only allows [A-Za-z0-9-._~:/?#&=,]+`);
  }
}

export function checkRouteSettings(settings: RouteSettings | undefined): void {
  checkRange('throttlingBurstLimit', settings?.throttlingBurstLimit, 0, 5000);
  checkRange('throttlingRateLimit', settings?.throttlingRateLimit, 0, 10_000);
}

export function checkAccessLogSettings(settings: AccessLogSettings | undefined): void {
  if (settings === undefined) return;
  const {destinationArn, format} = settings;
  if (destinationArn === undefined || format === undefined)
    throw badRequest('Access log settings need both destinationArn and format');
  if (!/^arn:aws:logs:[\w-]+:\d{12}:log-group:[^:]+(:\*)?$/.test(destinationArn))
    throw badRequest(`gear local writes access logs to CloudWatch log groups only, not to ${destinationArn}`);
  checkAccessLogFormat(format);
}
