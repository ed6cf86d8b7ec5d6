import {Logger} from '@aws-lambda-powertools/logger';
import {Metrics} from '@aws-lambda-powertools/metrics';
import {DynamoDBClient} from '@aws-sdk/client-dynamodb';
import {KMSClient} from '@aws-sdk/client-kms';
import {SecretsManagerClient} from '@aws-sdk/client-secrets-manager';
import {DynamoDBDocumentClient} from '@aws-sdk/lib-dynamodb';
import {open} from '../../lib/envelope.ts';
import {required, requiredInteger} from '../../lib/environment.ts';
import {cachedSecret} from '../../lib/secret.ts';
import {circuitBreaker} from './circuit-breaker.ts';
import {type LegacySystem, placeOrder} from './legacy-system.ts';
import type {Processing} from './process-request.ts';
import {requestTable} from './request-table.ts';

/** Everything that processing needs, made once per execution environment. */
export function connect(): Processing {
  const key = {client: new KMSClient(), keyId: required('KEY_ARN')};
  const legacy: LegacySystem = {
    url: required('LEGACY_URL'),
    credentials: cachedSecret(new SecretsManagerClient(), {
      secretId: required('LEGACY_SECRET_ARN'),
      maximumAgeSeconds: requiredInteger('SECRET_MAXIMUM_AGE_SECONDS'),
    }),
    timeoutMilliseconds: requiredInteger('LEGACY_TIMEOUT_MILLISECONDS'),
  };
  const breaker = circuitBreaker({
    failures: requiredInteger('CIRCUIT_FAILURES'),
    openMilliseconds: requiredInteger('CIRCUIT_OPEN_MILLISECONDS'),
  });
  return {
    service: required('POWERTOOLS_SERVICE_NAME'),
    table: requestTable(
      {client: DynamoDBDocumentClient.from(new DynamoDBClient()), name: required('TABLE_NAME')},
      {leaseSeconds: requiredInteger('LEASE_SECONDS'), retentionSeconds: requiredInteger('RETENTION_SECONDS')},
    ),
    open: (envelope, context) => open(key, envelope, context),
    placeOrder: (order, correlationId) => breaker.call(order.EXT_REF, () => placeOrder(legacy, order, correlationId)),
    logger: new Logger(),
    metrics: new Metrics(),
  };
}
