import type {AwsClients} from '../aws/clients.ts';
import type {AwsIdentity} from '../aws/identity.ts';
import {stackResources} from '../aws/stack-resources.ts';
import {readStack} from './read-stack.ts';

export const artifactStack = 'gear-artifacts';

/**
 * The bucket that holds packages and templates: one for each account and region, in a stack of its own, so that
 * it can be seen, audited and removed like everything else. Versions are kept for 30 days after they are replaced.
 */
export const artifactTemplate = `AWSTemplateFormatVersion: '2010-09-09'
Description: Packages and templates that gear deploys from this account and region.
Resources:
  Artifacts:
    Type: AWS::S3::Bucket
    DeletionPolicy: RetainExceptOnCreate
    UpdateReplacePolicy: Retain
    Properties:
      BucketName: !Sub 'gear-artifacts-\${AWS::AccountId}-\${AWS::Region}'
      BucketEncryption:
        ServerSideEncryptionConfiguration:
          - ServerSideEncryptionByDefault: {SSEAlgorithm: AES256}
      OwnershipControls:
        Rules:
          - ObjectOwnership: BucketOwnerEnforced
      PublicAccessBlockConfiguration:
        BlockPublicAcls: true
        BlockPublicPolicy: true
        IgnorePublicAcls: true
        RestrictPublicBuckets: true
      VersioningConfiguration: {Status: Enabled}
      LifecycleConfiguration:
        Rules:
          - Id: ReplacedVersions
            Status: Enabled
            NoncurrentVersionExpiration: {NoncurrentDays: 30}
            AbortIncompleteMultipartUpload: {DaysAfterInitiation: 1}
  ArtifactsPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Artifacts
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Sid: DenyWithoutTls
            Effect: Deny
            Principal: '*'
            Action: s3:*
            Resource:
              - !GetAtt Artifacts.Arn
              - !Sub '\${Artifacts.Arn}/*'
            Condition:
              Bool: {aws:SecureTransport: 'false'}
Outputs:
  BucketName:
    Value: !Ref Artifacts
`;

/** Its name when the stack stands; undefined when it has to be deployed first. */
export async function findArtifactBucket(clients: AwsClients): Promise<string | undefined> {
  const stack = await readStack(clients, artifactStack);
  if (stack === undefined || !/^(CREATE|UPDATE|UPDATE_ROLLBACK)_COMPLETE$/.test(stack.status)) return undefined;
  return stack.outputs.BucketName ?? (await bucketAmong(clients, stack.id));
}

/** moto gives a stack no outputs when a change set made it. */
async function bucketAmong(clients: AwsClients, stackId: string): Promise<string | undefined> {
  const resources = await stackResources(clients, stackId);
  return resources.find(({logicalId}) => logicalId === 'Artifacts')?.physicalId;
}

export function artifactBucketName({account, region}: Pick<AwsIdentity, 'account' | 'region'>): string {
  return `gear-artifacts-${account}-${region}`;
}
