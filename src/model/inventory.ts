import type {Alarm} from './alarm.ts';
import type {CodeStorage} from './code-storage.ts';
import type {Delivery} from './delivery.ts';
import type {DuplicateKey} from './duplicate-key.ts';
import type {EventSourceMapping, Queue} from './event-source.ts';
import type {ExecutionRole, IdentityPolicy} from './execution-role.ts';
import type {NotChecked} from './finding.ts';
import type {Ignore} from './ignore.ts';
import type {LambdaFunction} from './lambda-function.ts';
import type {LogGroup} from './log-group.ts';
import type {NamedResource} from './named-resource.ts';
import type {NestedTemplate} from './nested-template.ts';
import type {SecurityGroup, Subnet, VpcEndpoint} from './network.ts';
import type {Resolvable} from './resolvable.ts';
import type {ResourcePolicy} from './resource-policy.ts';
import type {Table} from './table.ts';

/** What there is: read from a template or from an account, and the same to every rule. */
export interface Inventory {
  readonly source: InventorySource;
  readonly functions: readonly LambdaFunction[];
  readonly roles: readonly ExecutionRole[];
  /** Each once, however many roles have it. */
  readonly policies: readonly IdentityPolicy[];
  readonly eventSourceMappings: readonly EventSourceMapping[];
  readonly queues: readonly Queue[];
  readonly logGroups: readonly LogGroup[];
  /** Rules about what is missing need to know that none was overlooked. */
  readonly alarms: Resolvable<readonly Alarm[]>;
  /** What policies could name; absent where only a few of the resources were read. */
  readonly named?: readonly NamedResource[];
  /** Who else may use what is here; absent where no such policy was read. */
  readonly resourcePolicies?: readonly ResourcePolicy[];
  /** Of a template's text; absent where none was read. */
  readonly duplicateKeys?: readonly DuplicateKey[];
  /** Templates of nested stacks, each an inventory of its own. */
  readonly nested?: readonly NestedTemplate[];
  /** The paths of the CDK's constructs, by logical ID. */
  readonly constructs?: Readonly<Record<string, string>>;
  /** Absent, as what follows, where they are not read. */
  readonly tables?: readonly Table[];
  readonly deliveries?: readonly Delivery[];
  readonly subnets?: readonly Subnet[];
  readonly vpcEndpoints?: readonly VpcEndpoint[];
  readonly securityGroups?: readonly SecurityGroup[];
  readonly codeStorage?: CodeStorage;
  readonly ignores: readonly Ignore[];
  /** What could not be read. */
  readonly unread: readonly NotChecked[];
  /** What was read, and does not show what a rule is about: code that a bundler has written. */
  readonly notJudged?: readonly NotChecked[];
}

type InventorySource =
  | {readonly kind: 'template'; readonly file: string}
  | {readonly kind: 'account'; readonly account: string; readonly region: string};
