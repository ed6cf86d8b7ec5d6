import type {DeployEvent, StackEvent} from './events.ts';

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
}

export const notStarted: DeployProgress = {
  total: 0,
  done: 0,
  counted: new Set(),
  resources: new Map(),
  rollingBack: false,
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
  if (event.isStack) return {...(isNested ? progress : withConfigured(progress, event, rollingBack)), rollingBack};
  const path = pathOf(event);
  const before = progress.resources.get(path);
  const resources = new Map(progress.resources).set(path, resource(event, before));
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

/** `Network/Subnet` for a resource of a nested stack. */
export function pathOf({within, logicalId}: Pick<StackEvent, 'within' | 'logicalId'>): string {
  return [...within, logicalId].join('/');
}

function resource(event: StackEvent, before: ResourceProgress | undefined): ResourceProgress {
  const {resourceType, status, reason, time, within, detail} = event;
  const isConfigured = within.length === 0 && (before?.isConfigured === true || detail === 'CONFIGURATION_COMPLETE');
  const startedAt = before?.startedAt ?? time;
  return {logicalId: pathOf(event), resourceType, status, reason, startedAt, updatedAt: time, isConfigured};
}

export function isSettled(status: string): boolean {
  return status.endsWith('_COMPLETE') || status.endsWith('_FAILED');
}
