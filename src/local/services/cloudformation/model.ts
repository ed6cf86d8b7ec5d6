import type {Caller} from '../../caller.ts';

export type StackStatus =
  | 'REVIEW_IN_PROGRESS'
  | 'CREATE_IN_PROGRESS'
  | 'CREATE_FAILED'
  | 'CREATE_COMPLETE'
  | 'ROLLBACK_IN_PROGRESS'
  | 'ROLLBACK_FAILED'
  | 'ROLLBACK_COMPLETE'
  | 'DELETE_IN_PROGRESS'
  | 'DELETE_FAILED'
  | 'DELETE_COMPLETE'
  | 'UPDATE_IN_PROGRESS'
  | 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'
  | 'UPDATE_COMPLETE'
  | 'UPDATE_FAILED'
  | 'UPDATE_ROLLBACK_IN_PROGRESS'
  | 'UPDATE_ROLLBACK_FAILED'
  | 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS'
  | 'UPDATE_ROLLBACK_COMPLETE';

export type ResourceStatus =
  | `${'CREATE' | 'UPDATE' | 'DELETE'}_${'IN_PROGRESS' | 'COMPLETE' | 'FAILED'}`
  | 'DELETE_SKIPPED';

export type OnFailure = 'ROLLBACK' | 'DELETE' | 'DO_NOTHING';

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** What somebody asked a stack to become. */
export interface Deployment {
  /** The text as it was submitted. */
  readonly template: string;
  /** What its macros made of it; absent where it calls none. */
  readonly processed?: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: readonly Tag[];
  readonly capabilities: readonly string[];
}

/** A stack: plain JSON, replaced as a whole with every step, so that it is never half true after a crash. */
export interface Stack {
  readonly stackId: string;
  readonly stackName: string;
  readonly status: StackStatus;
  readonly statusReason?: string;
  readonly description?: string;
  /** Times are milliseconds since the epoch. */
  readonly created: number;
  readonly updated?: number;
  readonly deleted?: number;
  readonly terminationProtection: boolean;
  readonly onFailure: OnFailure;
  /** What the stack is; absent until its creation has succeeded. */
  readonly deployed?: Deployment;
  /** What the running (or failed) operation makes of it. */
  readonly target?: Deployment | undefined;
  /** Whose permissions the running operation uses: who asked for it, or the role that the stack was given. */
  readonly caller: Caller;
  /** Once given, it is used for every operation, whoever asks for it. */
  readonly roleArn?: string;
  readonly clientRequestToken?: string;
  /** Names every event of one operation. */
  readonly operationId: string;
  readonly changeSetId?: string;
  readonly parameters: readonly StackParameter[];
  readonly outputs: readonly StackOutput[];
  readonly imports: readonly string[];
  readonly resources: Readonly<Record<string, StackResource>>;
  /** The resources as they were when the running update began: what its rollback goes back to. */
  readonly before?: Readonly<Record<string, StackResource>> | undefined;
  /** Physical resources that nothing in the stack stands for any more; the clean-up deletes them. */
  readonly doomed: readonly StackResource[];
  /** Logical IDs that the running deletion leaves alone, or whose rollback is skipped. */
  readonly skipped?: readonly string[] | undefined;
  /** What the last detection found. */
  readonly drift?: StackDrift;
}

export interface StackDrift {
  readonly detectionId: string;
  readonly time: number;
  readonly resources: readonly ResourceDrift[];
}

export interface ResourceDrift {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly time: number;
  /** NOT_CHECKED where gear local cannot read the type. */
  readonly status: 'IN_SYNC' | 'MODIFIED' | 'DELETED' | 'NOT_CHECKED';
  readonly differences: readonly PropertyDifference[];
  readonly expected?: Readonly<Record<string, unknown>>;
  readonly actual?: Readonly<Record<string, unknown>>;
}

export interface PropertyDifference {
  /** A JSON pointer. */
  readonly path: string;
  readonly kind: 'ADD' | 'REMOVE' | 'NOT_EQUAL';
  readonly expected: string;
  readonly actual: string;
}

export interface StackParameter {
  readonly key: string;
  /** `****` for a NoEcho parameter. */
  readonly value: string;
}

export interface StackOutput {
  readonly key: string;
  readonly value: string;
  readonly description?: string;
  readonly exportName?: string;
}

export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  readonly status: ResourceStatus;
  readonly statusReason?: string;
  readonly time: number;
  /** Absent until the resource exists. */
  readonly physicalId?: string;
  /**
   * What a creation that has not ended may leave behind: the name chosen for a new resource, or the new one of a
   * replacement while `physicalId` is still the old.
   */
  readonly intendedId?: string | undefined;
  readonly ref?: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Resolved and decoded. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** The properties of a change that has not ended, or has failed: parts of it may have been made. */
  readonly attempted?: Readonly<Record<string, unknown>> | undefined;
  /** What a change that has not ended waits for: a CodeDeploy deployment. */
  readonly awaited?: string | undefined;
  readonly metadata?: unknown;
  readonly deletionPolicy: string;
  readonly updateReplacePolicy: string;
  /** Logical IDs, both of DependsOn and of references. */
  readonly dependsOn: readonly string[];
}

export interface StackEvent {
  readonly eventId: string;
  readonly stackId: string;
  readonly stackName: string;
  readonly operationId: string;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly time: number;
  readonly status: string;
  readonly statusReason?: string;
  readonly properties?: string;
  readonly clientRequestToken?: string;
}

export type ChangeSetType = 'CREATE' | 'UPDATE';

export interface ChangeSet {
  readonly changeSetId: string;
  readonly changeSetName: string;
  readonly stackId: string;
  readonly stackName: string;
  readonly type: ChangeSetType;
  readonly description?: string;
  readonly created: number;
  readonly status: 'CREATE_COMPLETE' | 'FAILED';
  readonly statusReason?: string;
  readonly executionStatus:
    | 'UNAVAILABLE'
    | 'AVAILABLE'
    | 'EXECUTE_IN_PROGRESS'
    | 'EXECUTE_COMPLETE'
    | 'EXECUTE_FAILED'
    | 'OBSOLETE';
  readonly deployment: Deployment;
  readonly roleArn?: string;
  readonly parameters: readonly StackParameter[];
  readonly onFailure?: OnFailure;
  readonly clientToken?: string;
  readonly changes: readonly ResourceChange[];
  readonly includeNestedStacks: boolean;
  /** Of the change set of a nested stack: it is executed, and deleted, with the one at the top. */
  readonly parentChangeSetId?: string;
  readonly rootChangeSetId?: string;
}

export interface ResourceChange {
  readonly action: 'Add' | 'Modify' | 'Remove';
  readonly logicalId: string;
  readonly physicalId?: string;
  readonly type: string;
  /** Of a nested stack: what would be done in it. */
  readonly changeSetId?: string;
  readonly replacement?: 'True' | 'False' | 'Conditional';
  readonly policyAction?: 'Delete' | 'Retain' | 'ReplaceAndDelete' | 'ReplaceAndRetain';
  readonly scope: readonly ('Properties' | 'Metadata' | 'DeletionPolicy' | 'UpdateReplacePolicy' | 'Tags')[];
  readonly details: readonly ChangeDetail[];
  /** The resource as JSON, before and after. */
  readonly before?: string;
  readonly after?: string;
}

export interface ChangeDetail {
  readonly attribute: 'Properties' | 'Metadata' | 'DeletionPolicy' | 'UpdateReplacePolicy' | 'Tags';
  readonly name?: string;
  readonly requiresRecreation: 'Never' | 'Conditionally' | 'Always';
  readonly evaluation: 'Static' | 'Dynamic';
  readonly changeSource: 'ResourceReference' | 'ParameterReference' | 'ResourceAttribute' | 'DirectModification';
  readonly causingEntity?: string;
  readonly before?: string;
  readonly after?: string;
}
