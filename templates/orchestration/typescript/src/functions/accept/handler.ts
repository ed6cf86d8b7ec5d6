import {Logger} from '@aws-lambda-powertools/logger';
import {Metrics} from '@aws-lambda-powertools/metrics';
import {KMSClient} from '@aws-sdk/client-kms';
import {SecretsManagerClient} from '@aws-sdk/client-secrets-manager';
import type {APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context} from 'aws-lambda';
import {seal} from '../../lib/envelope.ts';
import {required, requiredInteger} from '../../lib/environment.ts';
import {cachedSecret} from '../../lib/secret.ts';
import {type Acceptance, acceptRequest} from './accept-request.ts';
import {connectQueue} from './submit.ts';

// What can be done once is done here, outside the handler: a warm invocation finds it ready.
const logger = new Logger();
const metrics = new Metrics();
const key = {client: new KMSClient(), keyId: required('KEY_ARN')};

const acceptance: Acceptance = {
  signingKey: cachedSecret(new SecretsManagerClient(), {
    secretId: required('SIGNING_KEY_SECRET_ARN'),
    maximumAgeSeconds: requiredInteger('SECRET_MAXIMUM_AGE_SECONDS'),
  }),
  audience: required('TOKEN_AUDIENCE'),
  service: required('POWERTOOLS_SERVICE_NAME'),
  timeToLiveSeconds: requiredInteger('TIME_TO_LIVE_SECONDS'),
  seal: (payload, context) => seal(key, payload, context),
  submit: connectQueue(),
  logger,
  metrics,
};

export async function handler(
  event: APIGatewayProxyEventV2,
  context: Context,
): Promise<APIGatewayProxyStructuredResultV2> {
  logger.addContext(context);
  try {
    return await acceptRequest(event, acceptance);
  } finally {
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  }
}
