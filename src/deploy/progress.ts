import {type DeployEvent, pathOf, type StackEvent} from './events.ts';

/** How far a deployment is. */
export interface DeployProgress {
  /** Resources the change set names. */
  readonly total: number;
  /** Those that reached their end in this run; a rollback counts none back. */
  readonly done: number;
  readonly counted: ReadonlySet<string>;
  /** In the order in which they were first heard of. */
  readonly resources: ReadonlyMap<string, ResourceProgress>;
  readonly rollingBack: boolean;
  /** Nested stacks that go back by themselves, by their paths, before the one around them does. */
  readonly goingBack: ReadonlySet<string>;
}

export interface ResourceProgress {
  /** With those of the nested stacks above it: `Network/Subnet`. */
  readonly logicalId: string;
  readonly resourceType: string;
  readonly status: string;
  readonly reason: string | undefined;
  readonly startedAt: Date;
  readonly updatedAt: Date;
  /** It is what the template says, and perhaps not ready yet. */
  readonly isConfigured: boolean;
  /** What is being done to it, or was done last, takes back what this deployment did. */
  readonly isUndone: boolean;
}

export const notStarted: DeployProgress = {
  total: 0,
  done: 0,
  counted: new Set(),
  resources: new Map(),
  rollingBack: false,
  goingBack: new Set(),
};

export function advance(progress: DeployProgress, event: DeployEvent): DeployProgress {
  // What another deployment did, for which this one waited, is not its own progress.
  if (event.type === 'step' && event.step === 'change-set') return notStarted;
  if (event.type === 'change') return {...progress, total: progress.total + 1};
  if (event.type !== 'stack-event') return progress;
  const isNested = event.within.length > 0;
  // A creation that fails is not rolled back but deleted, as gear asks for.
  const rollingBack =
    progress.rollingBack ||
    (!isNested && event.status.includes('ROLLBACK')) ||
    (!isNested && event.isStack && event.status === 'DELETE_IN_PROGRESS');
  if (event.isStack && isNested) return withGoingBack(progress, event);
  if (event.isStack) return {...withConfigured(progress, event, rollingBack), rollingBack};
  const path = pathOf(event);
  const before = progress.resources.get(path);
  const goesBack = rollingBack || progress.goingBack.has(event.within.join('/'));
  const resources = new Map(progress.resources).set(path, resource(event, before, goesBack));
  // A replaced resource is heard of again when the old one is cleaned up, and a nested one is none of the change set's.
  const counts = !isNested && !rollingBack && !progress.counted.has(path) && isSettled(event.status);
  const counted = counts ? new Set(progress.counted).add(path) : progress.counted;
  return {...progress, resources, rollingBack, counted, done: counted.size};
}

/** In express mode a stack is complete when its resources are configured; that they are ready is not told. */
function withConfigured(progress: DeployProgress, event: StackEvent, rollingBack: boolean): DeployProgress {
  if (rollingBack || !/^(CREATE|UPDATE)_COMPLETE$/.test(event.status)) return progress;
  const configured = [...progress.resources].filter(([, {isConfigured}]) => isConfigured).map(([path]) => path);
  const counted = new Set([...progress.counted, ...configured]);
  return {...progress, counted, done: counted.size};
}

function withGoingBack(progress: DeployProgress, {status, within}: StackEvent): DeployProgress {
  if (!status.includes('ROLLBACK')) return progress;
  return {...progress, goingBack: new Set(progress.goingBack).add(within.join('/'))};
}

function resource(event: StackEvent, before: ResourceProgress | undefined, goesBack: boolean): ResourceProgress {
  const {resourceType, status, reason, time, within, detail} = event;
  const isConfigured = within.length === 0 && (before?.isConfigured === true || detail === 'CONFIGURATION_COMPLETE');
  const startedAt = before?.startedAt ?? time;
  const isUndone = goesBack && (before?.isUndone === true || undoes(event, before));
  return {logicalId: pathOf(event), resourceType, status, reason, startedAt, updatedAt: time, isConfigured, isUndone};
}

/** What was under way when the stack turned back comes to its end first. */
function undoes({status}: StackEvent, before: ResourceProgress | undefined): boolean {
  if (status.startsWith('DELETE_')) return true;
  return status === 'UPDATE_IN_PROGRESS' && (before === undefined || isSettled(before.status));
}

export function isSettled(status: string): boolean {
  return status.endsWith('_COMPLETE') || status.endsWith('_FAILED');
}
