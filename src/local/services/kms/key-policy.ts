import {parsePolicy} from '../../../iam/parse-policy.ts';
import {ServiceError} from '../../service-error.ts';

/** What AWS gives a key that was made without one: the account's identity policies decide. */
export function defaultKeyPolicy(account: string): string {
  return written('key-default-1', [
    {
      Sid: 'Enable IAM User Permissions',
      Effect: 'Allow',
      Principal: {AWS: `arn:aws:iam::${account}:root`},
      Action: 'kms:*',
      Resource: '*',
    },
  ]);
}

/** An AWS managed key is open to the account's principals through its service, and through nothing else. */
export function managedKeyPolicy(service: string, {account, region}: {account: string; region: string}): string {
  return written(`auto-${service}-1`, [
    {
      Sid: `Allow access through ${service} for all principals in the account that are authorized to use ${service}`,
      Effect: 'Allow',
      Principal: {AWS: '*'},
      Action: [
        'kms:Encrypt',
        'kms:Decrypt',
        'kms:ReEncrypt*',
        'kms:GenerateDataKey*',
        'kms:CreateGrant',
        'kms:DescribeKey',
      ],
      Resource: '*',
      Condition: {
        StringEquals: {'kms:ViaService': `${service}.${region}.amazonaws.com`, 'kms:CallerAccount': account},
      },
    },
    {
      Sid: 'Allow direct access to key metadata to the account',
      Effect: 'Allow',
      Principal: {AWS: `arn:aws:iam::${account}:root`},
      Action: ['kms:Describe*', 'kms:Get*', 'kms:List*', 'kms:RevokeGrant'],
      Resource: '*',
    },
  ]);
}

export function checkKeyPolicy(text: string): void {
  const malformed = (message: string) => new ServiceError('MalformedPolicyDocumentException', message);
  if (text.length > 32_768) throw malformed('A key policy is at most 32768 characters long.');
  let statements: ReturnType<typeof parsePolicy>['statements'];
  try {
    ({statements} = parsePolicy(text, {arn: 'key policy', region: ''}));
  } catch (cause) {
    throw Object.assign(malformed(cause instanceof Error ? cause.message : 'The policy cannot be read.'), {cause});
  }
  for (const {principal, notPrincipal, resources, notResources} of statements) {
    if (principal === undefined && notPrincipal === undefined)
      throw malformed('Policy contains a statement with no principal.');
    if (resources.length === 0 && notResources.length === 0)
      throw malformed('Policy contains a statement with no resource.');
  }
}

function written(Id: string, Statement: readonly object[]): string {
  return JSON.stringify({Version: '2012-10-17', Id, Statement}, null, 2);
}
