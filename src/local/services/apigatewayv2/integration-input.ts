import {notImplemented} from '../../service-error.ts';
import {changed} from './changed.ts';
import {badRequest, checkRange} from './errors.ts';
import {integratedFunction} from './function-uri.ts';
import type {IntegrationRecord} from './records.ts';

interface IntegrationInput {
  readonly integrationType?: string | undefined;
  readonly integrationMethod?: string | undefined;
  readonly connectionType?: string | undefined;
  readonly integrationUri?: string | undefined;
  readonly payloadFormatVersion?: string | undefined;
  readonly timeoutInMillis?: number | undefined;
  readonly description?: string | undefined;
}

/** The integration with what an input says; one of another type than a Lambda proxy is refused by its type. */
export function integrationWith(before: Omit<IntegrationRecord, 'integrationUri'>, input: IntegrationInput) {
  const {integrationType, integrationMethod, connectionType, timeoutInMillis, payloadFormatVersion} = input;
  if (integrationType !== undefined && integrationType !== 'AWS_PROXY')
    throw notImplemented(`integrations of type ${integrationType}`);
  if (connectionType !== undefined && connectionType !== 'INTERNET')
    throw notImplemented(`integrations with the connection type ${connectionType}`);
  if (integrationMethod !== undefined && integrationMethod !== 'POST' && integrationMethod !== 'ANY')
    throw badRequest('A Lambda function is integrated with the method POST');
  if (payloadFormatVersion !== undefined && payloadFormatVersion !== '1.0' && payloadFormatVersion !== '2.0')
    throw badRequest(`Invalid payloadFormatVersion ${payloadFormatVersion}: it must be 1.0 or 2.0`);
  checkRange('timeoutInMillis', timeoutInMillis, 50, 30_000);
  const {integrationUri, description} = input;
  // The record of an update has its own URI already, and `changed` keeps it.
  const integration = changed(before as IntegrationRecord, {
    integrationUri,
    payloadFormatVersion,
    timeoutInMillis,
    description,
  });
  if (integration.integrationUri === undefined) throw badRequest('integrationUri is required');
  integratedFunction(integration.integrationUri);
  return integration;
}
