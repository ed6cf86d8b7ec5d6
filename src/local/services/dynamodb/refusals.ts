import {notImplemented, ServiceError} from '../../service-error.ts';

/** What an input may say only in the one way that has no effect here. */
export function refuseItemCollectionMetrics(input: {readonly ReturnItemCollectionMetrics?: string | undefined}): void {
  if (input.ReturnItemCollectionMetrics === 'SIZE') throw notImplemented('DynamoDB ReturnItemCollectionMetrics SIZE');
}

const managedKey = 'alias/aws/dynamodb';

interface Encryption {
  readonly Enabled?: boolean | undefined;
  readonly SSEType?: string | undefined;
  readonly KMSMasterKeyId?: string | undefined;
}

/**
 * What DescribeTable says of the encryption at rest. Bytes on this disk are not encrypted: the setting is kept and
 * described, and a customer's key, whose policy would have to be held to, is refused.
 */
export function describeEncryption(
  encryption: Encryption | undefined,
  {account, region}: {account: string; region: string},
): {Status: string; SSEType: string; KMSMasterKeyArn: string} | undefined {
  if (encryption?.KMSMasterKeyId !== undefined && encryption.KMSMasterKeyId !== managedKey)
    throw notImplemented('DynamoDB SSESpecification KMSMasterKeyId: a customer managed key');
  if (encryption?.SSEType !== undefined && encryption.SSEType !== 'KMS')
    throw new ServiceError(
      'ValidationException',
      `One or more parameter values were invalid: SSEType ${encryption.SSEType} is not supported`,
    );
  if (encryption?.Enabled !== true) return undefined;
  return {Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: `arn:aws:kms:${region}:${account}:${managedKey}`};
}

export function checkTableClass(tableClass: string | undefined): void {
  if (tableClass !== undefined && tableClass !== 'STANDARD' && tableClass !== 'STANDARD_INFREQUENT_ACCESS')
    throw new ServiceError(
      'ValidationException',
      `1 validation error detected: Value '${tableClass}' at 'tableClass' failed to satisfy constraint: Member must satisfy enum value set: [STANDARD, STANDARD_INFREQUENT_ACCESS]`,
    );
}
