type Exposure = 'data' | 'credentials' | 'permissions';

/** Whether data or credentials leave by a read, although it changes nothing. */
export function isExposing(action: string): boolean {
  return exposureOf(action) !== undefined;
}

/**
 * By a read alone data or credentials leave; what changes permissions opens a resource to others. The lists of
 * cloudsplaining and iam-dataset, as far as the actions can name a resource; as of 2026-11.
 */
export function exposureOf(action: string, accessLevel?: string): Exposure | undefined {
  const name = action.toLowerCase();
  if (readsData.has(name)) return 'data';
  if (returnsCredentials.has(name)) return 'credentials';
  return accessLevel === 'Permissions management' ? 'permissions' : undefined;
}

const readsData = lowerCase([
  'athena:GetQueryResults',
  'cloudformation:GetTemplate',
  'codecommit:GetFile',
  'codecommit:GitPull',
  'dynamodb:BatchGetItem',
  'dynamodb:ExportTableToPointInTime',
  'dynamodb:GetItem',
  'dynamodb:GetRecords',
  'dynamodb:PartiQLSelect',
  'dynamodb:Query',
  'dynamodb:Scan',
  'ecr:GetDownloadUrlForLayer',
  'es:ESHttpGet',
  'kinesis:GetRecords',
  'kms:Decrypt',
  'lambda:GetFunction',
  'lambda:GetLayerVersion',
  'logs:FilterLogEvents',
  'logs:GetLogEvents',
  'rds:CopyDBSnapshot',
  'rds:CreateDBSnapshot',
  'rds:DownloadDBLogFilePortion',
  's3:GetObject',
  's3:GetObjectVersion',
  'secretsmanager:BatchGetSecretValue',
  'secretsmanager:GetSecretValue',
  'sqs:ReceiveMessage',
  'ssm:GetParameter',
  'ssm:GetParameterHistory',
  'ssm:GetParameters',
  'ssm:GetParametersByPath',
]);

const returnsCredentials = lowerCase([
  'appsync:ListApiKeys',
  'chime:CreateApiKey',
  'codeartifact:GetAuthorizationToken',
  'codepipeline:PollForJobs',
  'cognito-idp:DescribeUserPoolClient',
  'cognito-identity:GetOpenIdTokenForDeveloperIdentity',
  'connect:GetFederationToken',
  'iam:CreateAccessKey',
  'iam:CreateLoginProfile',
  'iam:CreateServiceSpecificCredential',
  'iam:ResetServiceSpecificCredential',
  'iam:UpdateAccessKey',
  'lightsail:DownloadDefaultKeyPair',
  'lightsail:GetInstanceAccessDetails',
  'lightsail:GetRelationalDatabaseMasterUserPassword',
  'rds-db:connect',
  'redshift:GetClusterCredentials',
  'sso:GetRoleCredentials',
  'sts:AssumeRoleWithSAML',
  'sts:AssumeRoleWithWebIdentity',
  'sts:GetFederationToken',
]);

function lowerCase(actions: readonly string[]): ReadonlySet<string> {
  return new Set(actions.map(action => action.toLowerCase()));
}
