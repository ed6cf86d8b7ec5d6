import type {LambdaFunctionConfiguration} from '@aws-sdk/client-s3';
import type {AwsClients} from '../../aws/clients.ts';
import {described, ifThere} from './asking.ts';

/** The policies of what functions use, as JSON text; undefined without one. */
export interface PolicyCalls {
  keyPolicy(arn: string): Promise<string | undefined>;
  secretPolicy(arn: string): Promise<string | undefined>;
  bucketPolicy(bucket: string): Promise<string | undefined>;
  /** Which functions a bucket tells of which objects. */
  notificationsOfBucket(bucket: string): Promise<readonly LambdaFunctionConfiguration[]>;
}

export function policyCalls(clients: AwsClients): PolicyCalls {
  return {
    keyPolicy: arn =>
      described(`read the policy of the key ${arn}`, () =>
        ifThere(async () => {
          const {GetKeyPolicyCommand} = await import('@aws-sdk/client-kms');
          const kms = await clients.kms();
          return (await kms.send(new GetKeyPolicyCommand({KeyId: arn, PolicyName: 'default'}))).Policy;
        }),
      ),
    secretPolicy: arn =>
      described(`read the policy of the secret ${arn}`, () =>
        ifThere(async () => {
          const {GetResourcePolicyCommand} = await import('@aws-sdk/client-secrets-manager');
          const secretsManager = await clients.secretsManager();
          return (await secretsManager.send(new GetResourcePolicyCommand({SecretId: arn}))).ResourcePolicy;
        }),
      ),
    bucketPolicy: bucket =>
      described(`read the policy of the bucket ${bucket}`, () =>
        ifThere(async () => {
          const {GetBucketPolicyCommand} = await import('@aws-sdk/client-s3');
          return (await (await clients.s3()).send(new GetBucketPolicyCommand({Bucket: bucket}))).Policy;
        }),
      ),
    notificationsOfBucket: bucket =>
      described(`read the notifications of the bucket ${bucket}`, async () => {
        const {GetBucketNotificationConfigurationCommand} = await import('@aws-sdk/client-s3');
        const s3 = await clients.s3();
        const found = await ifThere(() => s3.send(new GetBucketNotificationConfigurationCommand({Bucket: bucket})));
        return found?.LambdaFunctionConfigurations ?? [];
      }),
  };
}
