/** A function version as Lambda answers it; what `GetFunctionConfiguration` returns. */
export interface FunctionConfiguration {
  readonly FunctionName: string;
  /** Of `$LATEST` without a qualifier, of a published version with its number. */
  readonly FunctionArn: string;
  readonly Runtime: string;
  readonly Role: string;
  readonly Handler: string;
  readonly CodeSize: number;
  readonly Description: string;
  readonly Timeout: number;
  readonly MemorySize: number;
  /** `2026-01-01T00:00:00.000+0000`. */
  readonly LastModified: string;
  readonly CodeSha256: string;
  readonly Version: string;
  readonly Environment?: {readonly Variables: Readonly<Record<string, string>>};
  readonly DeadLetterConfig?: {readonly TargetArn: string};
  readonly VpcConfig?: VpcConfig;
  readonly TracingConfig: {readonly Mode: 'Active' | 'PassThrough'};
  readonly RevisionId: string;
  readonly State: 'Active';
  readonly LastUpdateStatus: 'Successful';
  readonly PackageType: 'Zip';
  readonly Architectures: readonly string[];
  readonly EphemeralStorage: {readonly Size: number};
  readonly LoggingConfig: LoggingConfig;
}

export interface VpcConfig {
  readonly SubnetIds: readonly string[];
  readonly SecurityGroupIds: readonly string[];
  /** Empty for a function that was taken out of its VPC. */
  readonly VpcId: string;
  readonly Ipv6AllowedForDualStack: boolean;
}

export interface LoggingConfig {
  readonly LogFormat: 'JSON' | 'Text';
  readonly LogGroup: string;
  /** Both levels only with the JSON format. */
  readonly ApplicationLogLevel?: string;
  readonly SystemLogLevel?: string;
}

export const latest = '$LATEST';
