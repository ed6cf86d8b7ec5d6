import type {Credentials} from '../access/access.ts';
import type {FunctionConfiguration} from '../services/lambda/function-configuration.ts';

interface Surroundings {
  readonly configuration: FunctionConfiguration;
  readonly region: string;
  readonly taskRoot: string;
  readonly temporaryFolder: string;
  readonly runtimeApi: string;
  /** Of the embedded AWS: the one endpoint the SDK in the handler speaks to. */
  readonly endpoint: string;
  readonly logStream: string;
  readonly credentials: Credentials;
}

/**
 * Everything a handler sees in `process.env`. Nothing is taken from the developer's own environment: neither keys nor
 * settings of theirs can reach a handler, and what runs here does not depend on whose machine it is.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export function environmentVariables({configuration, credentials, ...around}: Surroundings): Record<string, string> {
  const {LoggingConfig: logging} = configuration;
  return {
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    PATH: '/usr/local/bin:/usr/bin:/bin',
    HOME: around.temporaryFolder,
    TMPDIR: around.temporaryFolder,
    // No instance metadata, and no shared configuration of the developer's, may answer when a key is missing.
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: `${around.temporaryFolder}/.aws/config`,
    AWS_SHARED_CREDENTIALS_FILE: `${around.temporaryFolder}/.aws/credentials`,
    ...configuration.Environment?.Variables,
    AWS_REGION: around.region,
    AWS_DEFAULT_REGION: around.region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(credentials.sessionToken !== undefined && {AWS_SESSION_TOKEN: credentials.sessionToken}),
    AWS_ENDPOINT_URL: around.endpoint,
    AWS_EXECUTION_ENV: `AWS_Lambda_${configuration.Runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: configuration.FunctionName,
    AWS_LAMBDA_FUNCTION_VERSION: configuration.Version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(configuration.MemorySize),
    AWS_LAMBDA_LOG_GROUP_NAME: logging.LogGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: around.logStream,
    AWS_LAMBDA_LOG_FORMAT: logging.LogFormat,
    ...(logging.ApplicationLogLevel !== undefined && {AWS_LAMBDA_LOG_LEVEL: logging.ApplicationLogLevel}),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_RUNTIME_API: around.runtimeApi,
    LAMBDA_TASK_ROOT: around.taskRoot,
    _HANDLER: configuration.Handler,
  };
}
