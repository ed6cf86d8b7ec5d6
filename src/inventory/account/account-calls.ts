import type {MetricAlarm} from '@aws-sdk/client-cloudwatch';
import type {LogGroup} from '@aws-sdk/client-cloudwatch-logs';
import type {ManagedPolicyDetail, RoleDetail} from '@aws-sdk/client-iam';
import type {EventSourceMappingConfiguration, FunctionConfiguration} from '@aws-sdk/client-lambda';
import type {CapacityCalls} from './capacity-calls.ts';
import type {DeliveryCalls} from './delivery-calls.ts';
import type {NetworkCalls} from './network-calls.ts';
import type {PolicyCalls} from './policy-calls.ts';
import type {ReadPackage} from './read-package.ts';

/**
 * The few calls that an audit of an account takes, each with all of its pages. A call that fails throws a GearError;
 * what is not there is undefined.
 */
export interface AccountCalls extends CapacityCalls, DeliveryCalls, NetworkCalls, PolicyCalls {
  functions(): Promise<readonly FunctionConfiguration[]>;
  rolesAndPolicies(): Promise<{
    readonly roles: readonly RoleDetail[];
    readonly policies: readonly ManagedPolicyDetail[];
  }>;
  eventSourceMappings(): Promise<readonly EventSourceMappingConfiguration[]>;
  /** The resource policy of a function, as JSON text. */
  functionPolicy(name: string): Promise<string | undefined>;
  /** The ARN of the on-failure destination for asynchronous invocations. */
  onFailureDestination(name: string): Promise<string | undefined>;
  /** The value of a tag, by the ARNs of the functions that carry it. */
  functionsTagged(key: string): Promise<ReadonlyMap<string, string>>;
  /** Undefined when there is no such queue. */
  queueAttributes(arn: string): Promise<Readonly<Record<string, string>> | undefined>;
  /** Whether any queue, read or not, gives its failed messages to this one. */
  hasDeadLetterSources(arn: string): Promise<boolean>;
  /** What EventBridge Scheduler sends to functions. */
  scheduledTargets(): Promise<readonly ScheduledTarget[]>;
  /** What is in the package of a function, by parts of its archive; undefined when it is gone. */
  functionPackage(configuration: FunctionConfiguration): Promise<ReadPackage | undefined>;
  layerPackage(arn: string): Promise<ReadPackage | undefined>;
  logGroups(): Promise<readonly LogGroup[]>;
  alarms(): Promise<readonly MetricAlarm[]>;
}

export interface ScheduledTarget {
  /** Of the function, or of its version or alias. */
  readonly arn: string;
  readonly input: string;
}
