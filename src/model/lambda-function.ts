import type {DeploymentPackage, LayerPackage} from './deployment-package.ts';
import type {HandlerWork} from './handler-work.ts';
import type {MeasuredStarts} from './measured-starts.ts';
import type {Origin} from './origin.ts';
import type {Resolvable} from './resolvable.ts';

export interface LambdaFunction {
  /** Logical ID in a template, function name in an account. */
  readonly name: string;
  /** In a template with placeholders for what is not known yet: `...:function:${Ingest}`. */
  readonly arn: string;
  /** Absent for a container image. */
  readonly runtime?: Resolvable<string>;
  readonly architecture: Resolvable<string>;
  /** Seconds. */
  readonly timeout: Resolvable<number>;
  /** MB. */
  readonly memory: Resolvable<number>;
  /** ARN of its execution role. */
  readonly role: Resolvable<string>;
  readonly layers: readonly Resolvable<string>[];
  /** Absent outside a VPC; Unresolved when that depends on a value that is not known. */
  readonly vpc?: Resolvable<VpcConfig>;
  /** ARN of the queue or topic of `DeadLetterConfig`. */
  readonly deadLetterQueue?: Resolvable<string>;
  /** ARN of the on-failure destination for asynchronous invocations. */
  readonly onFailureDestination?: Resolvable<string>;
  readonly triggers: readonly Trigger[];
  readonly package: DeploymentPackage;
  /** Of all of its layers; absent unless all were read. */
  readonly layerPackages?: readonly LayerPackage[];
  /** Absent where its source cannot be read. */
  readonly handlerWork?: readonly HandlerWork[];
  readonly snapStart: Resolvable<boolean>;
  readonly provisionedConcurrency: Resolvable<boolean>;
  /** Name of the log group it writes to. */
  readonly logGroup: Resolvable<string>;
  /** Absent without variables. */
  readonly environment?: Resolvable<readonly EnvironmentVariable[]>;
  /** Absent when it shares what the account has. */
  readonly reservedConcurrency?: Resolvable<number>;
  /** MB of /tmp; absent means 512. */
  readonly ephemeralStorage?: Resolvable<number>;
  readonly hasFileSystem?: true;
  /** Of a JSON log: `INFO` when it is left out. */
  readonly systemLogLevel?: Resolvable<string>;
  /** Whether the template makes versions of it; absent in an account. */
  readonly publishesVersions?: boolean;
  /** Absent where nobody asked for them. */
  readonly starts?: Resolvable<MeasuredStarts>;
  readonly origin: Origin;
}

export interface EnvironmentVariable {
  readonly name: string;
  readonly value: Resolvable<string>;
  readonly origin: Origin;
}

export interface VpcConfig {
  readonly subnets: Resolvable<readonly Resolvable<string>[]>;
  /** Which subnets they are is not known, but that a single one is refused. */
  readonly refusesOneSubnet?: true;
  readonly securityGroups: Resolvable<readonly Resolvable<string>[]>;
  /** Its author's words: `Metadata.Gear.VpcReason`, or the tag `gear:VpcReason`. */
  readonly reason?: Resolvable<string>;
  /** Things it refers to that only a VPC reaches, such as a database of the same template. */
  readonly privateTargets: readonly string[];
  readonly origin: Origin;
}

/** Who invokes a function, event source mappings aside. */
export interface Trigger {
  readonly kind: TriggerKind;
  /** Nobody waits for the answer: Lambda retries, and then drops the event unless told where to put it. */
  readonly asynchronous: boolean;
  /** It only pings, so that an environment stays: nothing is lost when one ping fails. */
  readonly keepsWarm?: true;
  /** It invokes the function as it is, `$LATEST`, and no version or alias. */
  readonly unqualified?: true;
  /** Seconds for which the caller waits, where it says so: an API that streams, or was given more than others. */
  readonly waits?: Resolvable<number>;
  /** Of a bucket, where it is known. */
  readonly notification?: BucketNotification;
  readonly origin: Origin;
}

export interface BucketNotification {
  readonly bucketArn: Resolvable<string>;
  /** Absent for every key. */
  readonly prefix?: Resolvable<string>;
  readonly suffix?: Resolvable<string>;
}

export type TriggerKind =
  | 'api'
  | 'function-url'
  | 'bucket'
  | 'topic'
  | 'event-rule'
  | 'schedule'
  | 'log-subscription'
  | 'iot-rule'
  | 'email-receipt'
  | 'user-pool'
  | 'load-balancer'
  | 'other';
