import {notImplemented} from '../../service-error.ts';
import {integer, list, map, string, structure} from '../../shape.ts';
import {checkEnum, checkPattern, checkRange, invalidParameter} from './errors.ts';
import type {FunctionConfiguration, LoggingConfig} from './function-configuration.ts';
import {type VpcConfigInput, vpcConfig, vpcConfigShape} from './vpc-config.ts';

/** What CreateFunction and UpdateFunctionConfiguration both take; what is not here is refused by its name. */
export const configurationMembers = {
  Description: string,
  Environment: structure({Variables: map(string)}),
  Timeout: integer,
  MemorySize: integer,
  DeadLetterConfig: structure({TargetArn: string}),
  /** Stored and returned: traces go nowhere from here. */
  TracingConfig: structure({Mode: string}),
  /** Honoured as far as a folder can be: nothing stops a handler from writing more. */
  EphemeralStorage: structure({Size: integer}),
  LoggingConfig: structure({
    LogFormat: string,
    LogGroup: string,
    ApplicationLogLevel: string,
    SystemLogLevel: string,
  }),
  VpcConfig: vpcConfigShape,
};

export interface ConfigurationInput {
  readonly Runtime?: string | undefined;
  readonly Role?: string | undefined;
  readonly Handler?: string | undefined;
  readonly Description?: string | undefined;
  readonly Environment?: {readonly Variables?: Readonly<Record<string, string>> | undefined} | undefined;
  readonly Timeout?: number | undefined;
  readonly MemorySize?: number | undefined;
  readonly DeadLetterConfig?: {readonly TargetArn?: string | undefined} | undefined;
  readonly TracingConfig?: {readonly Mode?: string | undefined} | undefined;
  readonly EphemeralStorage?: {readonly Size?: number | undefined} | undefined;
  readonly LoggingConfig?: Partial<Record<keyof LoggingConfig, string | undefined>> | undefined;
  readonly Architectures?: readonly string[] | undefined;
  readonly VpcConfig?: VpcConfigInput | undefined;
}

export const architectures = list(string);

type Settings = Omit<
  FunctionConfiguration,
  | 'FunctionName'
  | 'FunctionArn'
  | 'CodeSize'
  | 'CodeSha256'
  | 'LastModified'
  | 'Version'
  | 'RevisionId'
  | 'State'
  | 'LastUpdateStatus'
>;

/** The input over what was there before, or over Lambda's defaults; checked as Lambda checks it. */
export function settingsOf(functionName: string, input: ConfigurationInput, before?: FunctionConfiguration): Settings {
  const settings: Settings = {
    Runtime: input.Runtime ?? before?.Runtime ?? missing('Runtime'),
    Role: input.Role ?? before?.Role ?? missing('Role'),
    Handler: input.Handler ?? before?.Handler ?? missing('Handler'),
    Description: input.Description ?? before?.Description ?? '',
    Timeout: input.Timeout ?? before?.Timeout ?? 3,
    MemorySize: input.MemorySize ?? before?.MemorySize ?? 128,
    TracingConfig: {Mode: (input.TracingConfig?.Mode ?? before?.TracingConfig.Mode ?? 'PassThrough') as 'Active'},
    PackageType: 'Zip',
    Architectures: input.Architectures ?? before?.Architectures ?? ['x86_64'],
    EphemeralStorage: {Size: input.EphemeralStorage?.Size ?? before?.EphemeralStorage.Size ?? 512},
    LoggingConfig: loggingConfig(functionName, input.LoggingConfig, before?.LoggingConfig),
    ...deadLetterConfig(input, before),
    ...environment(input, before),
    ...vpcConfig(input.VpcConfig, before?.VpcConfig),
  };
  check(settings);
  return settings;
}

function check(settings: Settings): void {
  checkRuntime(settings.Runtime);
  checkPattern('role', settings.Role, /^arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role\/?[a-zA-Z_0-9+=,.@\-_/]+$/);
  checkPattern('handler', settings.Handler, /^[^\s]{1,128}$/);
  checkRange('timeout', settings.Timeout, 1, 900);
  checkRange('memorySize', settings.MemorySize, 128, 10240);
  checkRange('ephemeralStorage.size', settings.EphemeralStorage.Size, 512, 10240);
  checkRange('description.length', settings.Description.length, 0, 256);
  checkEnum('tracingConfig.mode', settings.TracingConfig.Mode, ['Active', 'PassThrough']);
  if (settings.Architectures.length !== 1)
    throw invalidParameter(`A function has one architecture; given: ${settings.Architectures.join(', ') || 'none'}`);
  checkEnum('architectures', settings.Architectures[0], ['x86_64', 'arm64']);
  if (settings.DeadLetterConfig !== undefined && !/^arn:aws:sqs:/.test(settings.DeadLetterConfig.TargetArn))
    throw notImplemented(
      `DeadLetterConfig with the target ${settings.DeadLetterConfig.TargetArn}: only an SQS queue can be one`,
    );
}

const runtimes = [
  ...['nodejs20.x', 'nodejs22.x', 'nodejs24.x'],
  ...['python3.10', 'python3.11', 'python3.12', 'python3.13', 'python3.14'],
];

function checkRuntime(runtime: string): void {
  if (!runtimes.includes(runtime))
    throw notImplemented(
      `the runtime ${runtime}: functions run on ${runtimes.slice(0, -1).join(', ')} or ${runtimes.at(-1)}`,
    );
}

function loggingConfig(
  functionName: string,
  input: ConfigurationInput['LoggingConfig'],
  before: LoggingConfig | undefined,
): LoggingConfig {
  const format = input?.LogFormat ?? before?.LogFormat ?? 'Text';
  checkEnum('loggingConfig.logFormat', format, ['JSON', 'Text']);
  const LogGroup = input?.LogGroup ?? before?.LogGroup ?? `/aws/lambda/${functionName}`;
  checkPattern('loggingConfig.logGroup', LogGroup, /^[.\-_/#A-Za-z0-9]{1,512}$/);
  if (format === 'Text') {
    if (input?.ApplicationLogLevel !== undefined || input?.SystemLogLevel !== undefined)
      throw invalidParameter(
        'To set log levels, the log format must be JSON: LoggingConfig has ApplicationLogLevel or SystemLogLevel with the format Text.',
      );
    return {LogFormat: 'Text', LogGroup};
  }
  const ApplicationLogLevel = input?.ApplicationLogLevel ?? before?.ApplicationLogLevel ?? 'INFO';
  const SystemLogLevel = input?.SystemLogLevel ?? before?.SystemLogLevel ?? 'INFO';
  checkEnum('loggingConfig.applicationLogLevel', ApplicationLogLevel, [
    'TRACE',
    'DEBUG',
    'INFO',
    'WARN',
    'ERROR',
    'FATAL',
  ]);
  checkEnum('loggingConfig.systemLogLevel', SystemLogLevel, ['DEBUG', 'INFO', 'WARN']);
  return {LogFormat: 'JSON', LogGroup, ApplicationLogLevel, SystemLogLevel};
}

/** An empty target takes the queue away. */
function deadLetterConfig(input: ConfigurationInput, before: FunctionConfiguration | undefined) {
  const TargetArn =
    input.DeadLetterConfig === undefined ? before?.DeadLetterConfig?.TargetArn : input.DeadLetterConfig.TargetArn;
  return TargetArn ? {DeadLetterConfig: {TargetArn}} : {};
}

function environment(input: ConfigurationInput, before: FunctionConfiguration | undefined) {
  if (input.Environment === undefined) return before?.Environment ? {Environment: before.Environment} : {};
  const Variables = input.Environment.Variables ?? {};
  checkVariables(Variables);
  return Object.keys(Variables).length === 0 ? {} : {Environment: {Variables}};
}

const maximumEnvironment = 4096;
/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
const reserved = new Set([
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_DEFAULT_REGION',
  'AWS_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_LAMBDA_RUNTIME_API',
  'LAMBDA_TASK_ROOT',
  'LAMBDA_RUNTIME_DIR',
]);

function checkVariables(variables: Readonly<Record<string, string>>): void {
  const sentence =
    'Lambda was unable to configure your environment variables because the environment variables you have provided';
  const used = Object.keys(variables).filter(name => reserved.has(name));
  if (used.length > 0)
    throw invalidParameter(
      `${sentence} contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${used.join(', ')}`,
    );
  const endpoint = Object.keys(variables).find(name => name.startsWith('AWS_ENDPOINT_URL'));
  if (endpoint !== undefined)
    throw notImplemented(`the environment variable ${endpoint}: a function's SDK speaks to the embedded AWS only`);
  for (const name of Object.keys(variables)) checkPattern('environment.variables', name, /^[a-zA-Z]([a-zA-Z0-9_])+$/);
  const text = JSON.stringify(variables);
  if (Buffer.byteLength(text) > maximumEnvironment)
    throw invalidParameter(`${sentence} exceeded the 4KB limit. String measured: ${text}`);
}

function missing(member: string): never {
  throw invalidParameter(
    `${member === 'Role' ? 'Role' : 'Runtime and Handler'} are mandatory parameters for functions created with deployment packages.`,
  );
}
