import {CloudWatchClient, GetMetricStatisticsCommand} from '@aws-sdk/client-cloudwatch';
import {CreateTableCommand, DynamoDBClient, PutItemCommand} from '@aws-sdk/client-dynamodb';
import {CreateRoleCommand, IAMClient, PutRolePolicyCommand} from '@aws-sdk/client-iam';
import {CreateEventSourceMappingCommand, CreateFunctionCommand, LambdaClient} from '@aws-sdk/client-lambda';
import {CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {type LocalCloud, startLocalCloud} from '../../src/local/cloud.ts';
import {missingClient, runClient} from './foreign-clients.ts';
import {zip} from './services/lambda/lambda-bench.ts';

let cloud: LocalCloud;
let settings: {endpoint: string; region: string; credentials: LocalCloud['credentials']};
let streamArn: string;
beforeAll(async () => {
  cloud = await startLocalCloud();
  settings = {endpoint: cloud.endpoint, region: cloud.region, credentials: cloud.credentials};
  const {TableDescription} = await new DynamoDBClient(settings).send(
    new CreateTableCommand({
      TableName: 'requests',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{AttributeName: 'id', AttributeType: 'S'}],
      KeySchema: [{AttributeName: 'id', KeyType: 'HASH'}],
      StreamSpecification: {StreamEnabled: true, StreamViewType: 'NEW_IMAGE'},
    }),
  );
  streamArn = TableDescription!.LatestStreamArn!;
});
afterAll(() => cloud.close());

const document = (Statement: object) => JSON.stringify({Version: '2012-10-17', Statement});
const put = (id: string) =>
  new DynamoDBClient(settings).send(new PutItemCommand({TableName: 'requests', Item: {id: {S: id}}}));

describe('a function on the stream of a table', {timeout: 30_000}, () => {
  const bucket = 'arn:aws:s3:::failures';
  const statements = () => [
    {
      Sid: 'ReadStream',
      Effect: 'Allow',
      Action: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
      Resource: streamArn,
    },
    {Sid: 'FindFailures', Effect: 'Allow', Action: 's3:ListBucket', Resource: bucket},
    {Sid: 'KeepFailures', Effect: 'Allow', Action: 's3:PutObject', Resource: `${bucket}/aws/lambda/*`},
    {
      Sid: 'Log',
      Effect: 'Allow',
      Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: 'arn:aws:logs:*:*:log-group:/aws/lambda/process:*',
    },
  ];
  const grant = (Statement: object) =>
    new IAMClient(settings).send(
      new PutRolePolicyCommand({RoleName: 'process', PolicyName: 'process', PolicyDocument: document(Statement)}),
    );
  const map = () =>
    new LambdaClient(settings).send(
      new CreateEventSourceMappingCommand({
        FunctionName: 'process',
        EventSourceArn: streamArn,
        StartingPosition: 'TRIM_HORIZON',
        BatchSize: 10,
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 0,
        DestinationConfig: {OnFailure: {Destination: bucket}},
      }),
    );

  beforeAll(async () => {
    const trust = {Effect: 'Allow', Principal: {Service: 'lambda.amazonaws.com'}, Action: 'sts:AssumeRole'};
    await new IAMClient(settings).send(
      new CreateRoleCommand({RoleName: 'process', AssumeRolePolicyDocument: document(trust)}),
    );
    await new S3Client({...settings, forcePathStyle: true}).send(new CreateBucketCommand({Bucket: 'failures'}));
    const source = `export const handler = async ({Records}) => {
      if (Records.some(({dynamodb}) => dynamodb.Keys.id.S === 'bad')) throw new Error('poison');
    };`;
    await new LambdaClient(settings).send(
      new CreateFunctionCommand({
        FunctionName: 'process',
        Role: 'arn:aws:iam::000000000000:role/process',
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Code: {ZipFile: zip({'index.mjs': source})},
      }),
    );
  });

  it('is held to its role when the mapping is made', async () => {
    const [, ...others] = statements();
    await grant(others);
    await expect(map()).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: `Cannot access stream ${streamArn}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, and ListStreams Actions on your stream in IAM.`,
    });
  });

  it('uses all that its role is granted on the way from a bad record to the bucket of failures', async () => {
    await grant(statements());
    for (const id of ['a', 'b', 'bad', 'c']) await put(id);
    await map();
    const s3 = new S3Client({...settings, forcePathStyle: true});
    const failures = async () => (await s3.send(new ListObjectsV2Command({Bucket: 'failures'}))).Contents ?? [];
    await expect.poll(failures, {timeout: 20_000}).toHaveLength(1);
    const {Body} = await s3.send(new GetObjectCommand({Bucket: 'failures', Key: (await failures())[0]!.Key}));
    const record = JSON.parse(await Body!.transformToString());
    expect(JSON.parse(record.payload).Records).toMatchObject([{dynamodb: {NewImage: {id: {S: 'bad'}}}}]);
    const unused = () =>
      cloud
        .usage('process')
        .functions[0]!.granted.filter(({status}) => status !== 'used')
        .map(({action}) => action);
    await expect.poll(unused).toEqual([]);
  });

  it('reports how old the records were', async () => {
    const now = Date.now();
    const {Datapoints} = await new CloudWatchClient(settings).send(
      new GetMetricStatisticsCommand({
        Namespace: 'AWS/Lambda',
        MetricName: 'IteratorAge',
        Dimensions: [{Name: 'FunctionName', Value: 'process'}],
        StartTime: new Date(now - 600_000),
        EndTime: new Date(now + 60_000),
        Period: 60,
        Statistics: ['SampleCount'],
      }),
    );
    expect(Datapoints!.reduce((sum, {SampleCount = 0}) => sum + SampleCount, 0)).toBeGreaterThan(2);
  });
});

const noBoto = await missingClient('python3', ['-c', 'import boto3']);
const script = `
import boto3, json
streams = boto3.client("dynamodbstreams")
stream = streams.list_streams(TableName="requests")["Streams"][0]["StreamArn"]
shard = streams.describe_stream(StreamArn=stream)["StreamDescription"]["Shards"][0]["ShardId"]
start = streams.get_shard_iterator(StreamArn=stream, ShardId=shard, ShardIteratorType="TRIM_HORIZON")
page = streams.get_records(ShardIterator=start["ShardIterator"], Limit=1)
record = page["Records"][0]
record["dynamodb"]["ApproximateCreationDateTime"] = record["dynamodb"]["ApproximateCreationDateTime"].timestamp()
try:
    streams.get_records(ShardIterator="none")
except streams.exceptions.ClientError as error:
    refused = error.response["Error"]["Code"]
try:
    streams.describe_stream(StreamArn=stream[:-1] + "x")
except streams.exceptions.ResourceNotFoundException as error:
    missing = error.response["Error"]["Message"]
print(json.dumps([record, "NextShardIterator" in page, refused, missing]))
`;

it.skipIf(noBoto !== undefined)(
  `reads a stream with boto3${noBoto === undefined ? '' : ` (skipped: ${noBoto})`}`,
  {
    timeout: 30_000,
  },
  async () => {
    await put('a');
    const {stdout, stderr} = await runClient(cloud.connection, 'python3', ['-c', script]);
    expect(stderr).toBe('');
    const [record, goesOn, refused, missing] = JSON.parse(stdout);
    expect(record).toMatchObject({
      eventName: 'INSERT',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      dynamodb: {Keys: {id: {S: 'a'}}, StreamViewType: 'NEW_IMAGE'},
    });
    expect(Math.abs(record.dynamodb.ApproximateCreationDateTime - Date.now() / 1000)).toBeLessThan(60);
    expect([goesOn, refused]).toEqual([true, 'ValidationException']);
    expect(missing).toMatch(/^Requested resource not found: Stream: arn:.*x not found$/);
  },
);
