import type {Caller} from '../../caller.ts';
import type {ChangeSet, Deployment, ResourceChange, ResourceDrift, Stack, StackParameter} from './model.ts';

/** What carries stacks out. The service keeps the records and speaks the API; the engine knows templates and resources. */
export interface StackEngine {
  /**
   * Checks all that can be known before anything is created, and says what would change. Throws ServiceError:
   * ValidationError naming logical ID and property, or InsufficientCapabilitiesException.
   */
  plan(stack: Stack, deployment: Deployment): Plan;
  /** Reads a template alone. Throws ServiceError ValidationError. */
  summarize(template: string): TemplateSummary;
  /** Carries on from where the stack's status says it is; answers at once. */
  start(stackId: string): void;
  /** Reads what the resources are by now, as whoever asks. */
  detectDrift(stack: Stack, caller: Caller): Promise<readonly ResourceDrift[]>;
  /** Lets the running update stop and roll back. */
  cancel(stackId: string): void;
}

export interface Plan {
  readonly description?: string;
  /** Every declared parameter, NoEcho ones masked. */
  readonly parameters: readonly StackParameter[];
  readonly changes: readonly ResourceChange[];
  /** Whether a deployment would do anything at all; outputs and tags count. */
  readonly changesSomething: boolean;
}

export interface TemplateSummary {
  readonly description?: string;
  readonly parameters: readonly {
    readonly key: string;
    readonly type: string;
    readonly default?: string;
    readonly noEcho: boolean;
    readonly description?: string;
    readonly allowedValues?: readonly string[];
  }[];
  readonly capabilities: readonly string[];
  readonly capabilitiesReason?: string;
  readonly resourceTypes: readonly string[];
  readonly transforms: readonly string[];
  readonly metadata?: unknown;
}

/** What happens to a change set when its execution ends. */
export type ExecutionEnd = Extract<ChangeSet['executionStatus'], 'EXECUTE_COMPLETE' | 'EXECUTE_FAILED'>;
