import type {AccountSize} from './account-size.ts';

export const account = '111122223333';

/** However many functions there are. */
export const tables = 50;
export const topics = 20;

/** One function in four is invoked by a topic, one in four over HTTP; the others by nobody or by a mapping. */
export function isAsynchronous(index: number): boolean {
  return index % 4 === 1;
}

export function hasPolicy(index: number): boolean {
  return index % 4 === 1 || index % 4 === 2;
}

/** Every tenth is in a VPC, whose reason stands in a tag. */
export function isInVpc(index: number): boolean {
  return index % 10 === 0;
}

/** One in two hundred. */
export function isProvisioned(index: number): boolean {
  return index % 200 === 3;
}

export function functionAt(index: number, region: string, {roles, changed = 0, recoded = 0, layers = []}: AccountSize) {
  const name = nameOf(index);
  return {
    FunctionName: name,
    FunctionArn: arnOf('lambda', region, `function:${name}`),
    Role: `arn:aws:iam::${account}:role/service/role-${index % Math.max(1, roles)}`,
    Runtime: ['nodejs24.x', 'python3.13', 'nodejs18.x'][index % 3],
    Handler: 'index.handler',
    CodeSize: 200_000 + index * 17,
    CodeSha256: Buffer.from(name.padEnd(32, index < recoded ? '+' : '.')).toString('base64'),
    Layers: layers.map(Arn => ({Arn, CodeSize: 1000})),
    Description: 'Takes the orders of a shop in and passes them on',
    Timeout: 30,
    MemorySize: 512,
    LastModified: '2026-10-01T10:00:00.000+0000',
    Version: '$LATEST',
    VpcConfig: isInVpc(index)
      ? {VpcId: 'vpc-1', SubnetIds: ['subnet-1', 'subnet-2'], SecurityGroupIds: ['sg-1']}
      : {VpcId: '', SubnetIds: [], SecurityGroupIds: []},
    Environment: {Variables: {TABLE: 'orders', STAGE: 'prod', LOG_LEVEL: 'info'}},
    TracingConfig: {Mode: 'PassThrough'},
    RevisionId: `0000000${index < changed ? 1 : 0}-0000-4000-8000-${String(index).padStart(12, '0')}`,
    PackageType: 'Zip',
    Architectures: ['arm64'],
    EphemeralStorage: {Size: 512},
    SnapStart: {ApplyOn: 'None', OptimizationStatus: 'Off'},
    LoggingConfig: {LogFormat: 'Text', LogGroup: `/aws/lambda/${name}`},
  };
}

export function policyOf(index: number, region: string): string | undefined {
  if (!hasPolicy(index)) return undefined;
  const service = isAsynchronous(index) ? 'sns' : 'apigateway';
  return JSON.stringify({
    Version: '2012-10-17',
    Id: 'default',
    Statement: [
      {
        Sid: 'invoke',
        Effect: 'Allow',
        Principal: {Service: `${service}.amazonaws.com`},
        Action: 'lambda:InvokeFunction',
        Resource: arnOf('lambda', region, `function:${nameOf(index)}`),
        Condition: {ArnLike: {'AWS:SourceArn': arnOf(service, region, `source-${index % topics}`)}},
      },
    ],
  });
}

export function mappingAt(index: number, region: string, {functions, queues}: AccountSize) {
  const source =
    index < queues ? arnOf('sqs', region, `queue-${index}`) : arnOf('dynamodb', region, tableStream(index));
  return {
    UUID: `mapping-${index}`,
    BatchSize: 10,
    EventSourceArn: source,
    FunctionArn: arnOf('lambda', region, `function:${nameOf((index * 4 + 3) % functions)}`),
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    MaximumRetryAttempts: 3,
    State: 'Enabled',
  };
}

export function queueAttributes(arn: string, region: string) {
  const redrive = {deadLetterTargetArn: arnOf('sqs', region, 'failed'), maxReceiveCount: 5};
  return {
    QueueArn: arn,
    VisibilityTimeout: '180',
    MessageRetentionPeriod: '345600',
    RedrivePolicy: JSON.stringify(redrive),
  };
}

export function logGroupAt(index: number, region: string) {
  const name = `/aws/lambda/${nameOf(index)}`;
  const arn = arnOf('logs', region, `log-group:${name}`);
  return {logGroupName: name, arn: `${arn}:*`, logGroupArn: arn, storedBytes: 1000, retentionInDays: 30};
}

export function alarmAt(index: number, region: string) {
  return {
    AlarmName: `errors-${index}`,
    AlarmArn: arnOf('cloudwatch', region, `alarm:errors-${index}`),
    Namespace: 'AWS/Lambda',
    MetricName: 'Errors',
    Dimensions: [{Name: 'FunctionName', Value: nameOf(index)}],
    ActionsEnabled: true,
    AlarmActions: [arnOf('sns', region, 'people')],
  };
}

export function roleXml(index: number, {policies, queues}: AccountSize): string {
  const name = `role-${index}`;
  const trust = {
    Version: '2012-10-17',
    Statement: [{Effect: 'Allow', Principal: {Service: 'lambda.amazonaws.com'}, Action: 'sts:AssumeRole'}],
  };
  const inline = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['dynamodb:GetItem', 'dynamodb:PutItem'],
        Resource: `arn:aws:dynamodb:eu-central-1:${account}:table/orders-${index % tables}`,
      },
      {
        Effect: 'Allow',
        Action: 'sqs:SendMessage',
        Resource: index % 20 === 0 ? '*' : `arn:aws:sqs:eu-central-1:${account}:queue-${index % Math.max(1, queues)}`,
      },
    ],
  };
  const attached =
    policies === 0
      ? ''
      : `<member><PolicyName>policy-${index % policies}</PolicyName><PolicyArn>${policyArn(index % policies)}</PolicyArn></member>`;
  return `<member><Path>/service/</Path><RoleName>${name}</RoleName><RoleId>AROA${index}</RoleId><Arn>arn:aws:iam::${account}:role/service/${name}</Arn><CreateDate>2025-01-01T00:00:00Z</CreateDate><AssumeRolePolicyDocument>${document(trust)}</AssumeRolePolicyDocument><RolePolicyList><member><PolicyName>inline</PolicyName><PolicyDocument>${document(inline)}</PolicyDocument></member></RolePolicyList><AttachedManagedPolicies>${attached}<member><PolicyName>AWSLambdaBasicExecutionRole</PolicyName><PolicyArn>arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole</PolicyArn></member></AttachedManagedPolicies><InstanceProfileList/><Tags/><RoleLastUsed><LastUsedDate>2026-11-01T00:00:00Z</LastUsedDate></RoleLastUsed></member>`;
}

export function policyXml(index: number): string {
  const allowed = {
    Version: '2012-10-17',
    Statement: [
      {Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: `arn:aws:s3:::receipts-${index}/*`},
    ],
  };
  return `<member><PolicyName>policy-${index}</PolicyName><PolicyId>ANPA${index}</PolicyId><Arn>${policyArn(index)}</Arn><Path>/</Path><DefaultVersionId>v1</DefaultVersionId><AttachmentCount>4</AttachmentCount><IsAttachable>true</IsAttachable><PolicyVersionList><member><Document>${document(allowed)}</Document><VersionId>v1</VersionId><IsDefaultVersion>true</IsDefaultVersion></member></PolicyVersionList></member>`;
}

export function nameOf(index: number): string {
  return `orders-${String(index).padStart(5, '0')}`;
}

export function indexOf(name: string): number {
  return Number(/orders-(\d+)/.exec(name)?.[1] ?? Number.NaN);
}

function policyArn(index: number): string {
  return `arn:aws:iam::${account}:policy/policy-${index}`;
}

function arnOf(service: string, region: string, rest: string): string {
  return `arn:aws:${service}:${region}:${account}:${rest}`;
}

function tableStream(index: number): string {
  return `table/orders-${index % tables}/stream/2026-01-01T00:00:00.000`;
}

/** IAM gives its documents URL-encoded. */
function document(policy: object): string {
  return encodeURIComponent(JSON.stringify(policy));
}
