import type {Account} from '@aws-sdk/client-account';
import type {CloudFormation} from '@aws-sdk/client-cloudformation';
import type {CloudWatch} from '@aws-sdk/client-cloudwatch';
import type {CloudWatchLogs} from '@aws-sdk/client-cloudwatch-logs';
import type {DynamoDB} from '@aws-sdk/client-dynamodb';
import type {EC2Client} from '@aws-sdk/client-ec2';
import type {EventBridgeClient} from '@aws-sdk/client-eventbridge';
import type {IAM} from '@aws-sdk/client-iam';
import type {KMSClient} from '@aws-sdk/client-kms';
import type {Lambda} from '@aws-sdk/client-lambda';
import type {ResourceGroupsTaggingAPIClient} from '@aws-sdk/client-resource-groups-tagging-api';
import type {S3} from '@aws-sdk/client-s3';
import type {Scheduler} from '@aws-sdk/client-scheduler';
import type {SecretsManagerClient} from '@aws-sdk/client-secrets-manager';
import type {SNSClient} from '@aws-sdk/client-sns';
import type {SQS} from '@aws-sdk/client-sqs';
import type {STS} from '@aws-sdk/client-sts';
import {type Archives, archives} from './archives.ts';
import {eachClient} from './each-client.ts';
import {maxAttempts} from './max-attempts.ts';
import {giveUpOnSilence, invocationSilence, invokeOnce, type Patience, usualPatience} from './patience.ts';

/** Where AWS is and who asks. What is absent comes from the ordinary chain: environment, profile, instance role. */
export interface Connection {
  readonly region?: string;
  readonly profile?: string;
  /** Another endpoint than AWS's own, for every service alike. */
  readonly endpoint?: string;
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  readonly patience?: Patience;
}

/** One client per service, made (and its package loaded) when first asked for. */
export interface AwsClients {
  readonly connection: Connection;
  account(): Promise<Account>;
  archives(): Promise<Archives>;
  cloudFormation(): Promise<CloudFormation>;
  cloudWatch(): Promise<CloudWatch>;
  dynamodb(): Promise<DynamoDB>;
  ec2(): Promise<EC2Client>;
  eventBridge(): Promise<EventBridgeClient>;
  iam(): Promise<IAM>;
  /** For Invoke alone: it waits for as long as a function may run, and does not run it twice. */
  invocations(): Promise<Lambda>;
  kms(): Promise<KMSClient>;
  lambda(): Promise<Lambda>;
  logs(): Promise<CloudWatchLogs>;
  s3(): Promise<S3>;
  scheduler(): Promise<Scheduler>;
  secretsManager(): Promise<SecretsManagerClient>;
  sns(): Promise<SNSClient>;
  sqs(): Promise<SQS>;
  sts(): Promise<STS>;
  tagging(): Promise<ResourceGroupsTaggingAPIClient>;
}

export function awsClients(connection: Connection): AwsClients {
  const {patience = usualPatience} = connection;
  const settings = {
    logger: silent,
    maxAttempts: once(() => maxAttempts(connection.profile)),
    requestHandler: {connectionTimeout: patience.connect, socketTimeout: patience.silence},
    ...(connection.region === undefined ? {} : {region: connection.region}),
    ...(connection.profile === undefined ? {} : {profile: connection.profile}),
    ...(connection.endpoint === undefined ? {} : {endpoint: connection.endpoint}),
    ...(connection.credentials === undefined ? {} : {credentials: connection.credentials}),
  };
  const clients = {
    connection,
    account: once(async () => new (await import('@aws-sdk/client-account')).Account(settings)),
    archives: once(async () => archives()),
    cloudFormation: once(async () => new (await import('@aws-sdk/client-cloudformation')).CloudFormation(settings)),
    cloudWatch: once(async () => new (await import('@aws-sdk/client-cloudwatch')).CloudWatch(settings)),
    dynamodb: once(async () => new (await import('@aws-sdk/client-dynamodb')).DynamoDB(settings)),
    ec2: once(async () => new (await import('./ec2.ts')).EC2Client(settings)),
    eventBridge: once(async () => new (await import('@aws-sdk/client-eventbridge')).EventBridgeClient(settings)),
    iam: once(async () => new (await import('@aws-sdk/client-iam')).IAM(settings)),
    invocations: once(async () => {
      const requestHandler = {connectionTimeout: patience.connect, socketTimeout: invocationSilence};
      const client = new (await import('@aws-sdk/client-lambda')).Lambda({...settings, requestHandler});
      invokeOnce(client);
      return client;
    }),
    kms: once(async () => new (await import('@aws-sdk/client-kms')).KMSClient(settings)),
    lambda: once(async () => new (await import('@aws-sdk/client-lambda')).Lambda(settings)),
    logs: once(async () => new (await import('@aws-sdk/client-cloudwatch-logs')).CloudWatchLogs(settings)),
    // An endpoint that is an IP address has no bucket sub-domains.
    s3: once(
      async () =>
        new (await import('@aws-sdk/client-s3')).S3({
          ...settings,
          forcePathStyle: connection.endpoint !== undefined,
        }),
    ),
    scheduler: once(async () => new (await import('@aws-sdk/client-scheduler')).Scheduler(settings)),
    secretsManager: once(
      async () => new (await import('@aws-sdk/client-secrets-manager')).SecretsManagerClient(settings),
    ),
    sns: once(async () => new (await import('@aws-sdk/client-sns')).SNSClient(settings)),
    // A queue's URL may name AWS where an endpoint stands in for it: no call may leave for there.
    sqs: once(async () => new (await import('@aws-sdk/client-sqs')).SQS({...settings, useQueueUrlAsEndpoint: false})),
    sts: once(async () => new (await import('@aws-sdk/client-sts')).STS(settings)),
    tagging: once(
      async () =>
        new (await import('@aws-sdk/client-resource-groups-tagging-api')).ResourceGroupsTaggingAPIClient(settings),
    ),
  };
  return eachClient(clients, client => {
    // What reads archives asks nobody.
    if ('config' in client) giveUpOnSilence(client);
  });
}

/** Without one the SDK warns on the console, in the middle of what gear prints. What matters comes as an error. */
const silent = {trace() {}, debug() {}, info() {}, warn() {}, error() {}};

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
