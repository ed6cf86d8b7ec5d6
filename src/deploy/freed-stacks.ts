import {pathOf, type StackEvent} from './events.ts';

/** A nested stack that could not go because another imported from it, which has gone since. */
export interface FreedStack {
  /** `Storage/Rows`. */
  readonly path: string;
  readonly importer: string;
}

/**
 * Without a DependsOn CloudFormation deletes nested stacks at the same time, also where one imports from another: that
 * one stands until it is asked for again. Each time one has gone at least, so that this ends.
 */
export function freedStacks(events: readonly StackEvent[]): readonly FreedStack[] {
  const gone = new Map<string, string>();
  for (const event of events)
    if (event.resourceType === 'AWS::CloudFormation::Stack' && event.status === 'DELETE_COMPLETE')
      gone.set(event.physicalId?.split('/')[1] ?? '', stackPath(event));
  const freed = new Map<string, FreedStack>();
  for (const event of events) {
    const [, importers = ''] = /\bexport\b.* in use by (.+)$/i.exec(event.reason ?? '') ?? [];
    const [importer] = (importers.match(/[\w-]+/g) ?? []).flatMap(name => gone.get(name) ?? []);
    const path = stackPath(event);
    if (importer !== undefined && path !== '') freed.set(path, {path, importer});
  }
  return [...freed.values()];
}

/** Of what a stack says of itself, where it is nested. */
function stackPath(event: StackEvent): string {
  return event.isStack ? event.within.join('/') : pathOf(event);
}
