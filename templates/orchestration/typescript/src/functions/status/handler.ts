import {Logger} from '@aws-lambda-powertools/logger';
import {DynamoDBClient} from '@aws-sdk/client-dynamodb';
import {SecretsManagerClient} from '@aws-sdk/client-secrets-manager';
import {DynamoDBDocumentClient, GetCommand} from '@aws-sdk/lib-dynamodb';
import type {APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context} from 'aws-lambda';
import {required, requiredInteger} from '../../lib/environment.ts';
import type {RequestRow} from '../../lib/request-row.ts';
import {cachedSecret} from '../../lib/secret.ts';
import {answerStatus} from './answer-status.ts';

const logger = new Logger();
const client = DynamoDBDocumentClient.from(new DynamoDBClient());
const tableName = required('TABLE_NAME');
const audience = required('TOKEN_AUDIENCE');
const signingKey = cachedSecret(new SecretsManagerClient(), {
  secretId: required('SIGNING_KEY_SECRET_ARN'),
  maximumAgeSeconds: requiredInteger('SECRET_MAXIMUM_AGE_SECONDS'),
});

async function read(requestId: string): Promise<RequestRow | undefined> {
  const {Item} = await client.send(new GetCommand({TableName: tableName, Key: {requestId}, ConsistentRead: true}));
  return Item as RequestRow | undefined;
}

export async function handler(
  event: APIGatewayProxyEventV2,
  context: Context,
): Promise<APIGatewayProxyStructuredResultV2> {
  logger.addContext(context);
  return answerStatus(event, {signingKey, audience, read, logger});
}
