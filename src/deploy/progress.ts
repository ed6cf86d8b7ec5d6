import type {DeployEvent, StackEvent} from './events.ts';

/** How far a deployment is. */
export interface DeployProgress {
  /** Resources the change set names. */
  readonly total: number;
  /** Those that reached their end in this run; a rollback counts none back. */
  readonly done: number;
  /** In the order in which they were first heard of. */
  readonly resources: ReadonlyMap<string, ResourceProgress>;
  readonly rollingBack: boolean;
}

export interface ResourceProgress {
  readonly logicalId: string;
  readonly resourceType: string;
  readonly status: string;
  readonly reason: string | undefined;
  readonly startedAt: Date;
  readonly updatedAt: Date;
}

export const notStarted: DeployProgress = {total: 0, done: 0, resources: new Map(), rollingBack: false};

export function advance(progress: DeployProgress, event: DeployEvent): DeployProgress {
  if (event.type === 'change') return {...progress, total: progress.total + 1};
  if (event.type !== 'stack-event') return progress;
  // A creation that fails is not rolled back but deleted, as gear asks for.
  const rollingBack =
    progress.rollingBack ||
    event.status.includes('ROLLBACK') ||
    (event.isStack && event.status === 'DELETE_IN_PROGRESS');
  if (event.isStack) return {...progress, rollingBack};
  const before = progress.resources.get(event.logicalId);
  const resources = new Map(progress.resources).set(event.logicalId, resource(event, before));
  const settled = isSettled(event.status) && !(before !== undefined && isSettled(before.status));
  return {...progress, resources, rollingBack, done: progress.done + (settled && !rollingBack ? 1 : 0)};
}

function resource(event: StackEvent, before: ResourceProgress | undefined): ResourceProgress {
  const {logicalId, resourceType, status, reason, time} = event;
  return {logicalId, resourceType, status, reason, startedAt: before?.startedAt ?? time, updatedAt: time};
}

export function isSettled(status: string): boolean {
  return status.endsWith('_COMPLETE') || status.endsWith('_FAILED');
}
